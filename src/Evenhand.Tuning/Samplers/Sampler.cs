using Evenhand.Tuning.Parts;
using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Samplers;

/// <summary>Proposes what to try next from what has been tried.</summary>
/// <remarks>A sampler holds no state between calls: equal contexts with equal random numbers give equal proposals.
/// That is what makes a resumed study equal to an uninterrupted one.</remarks>
public abstract class Sampler : IStudyPart
{
    /// <inheritdoc/>
    public static string Kind => "sampler";

    /// <summary>Name as users type it.</summary>
    public abstract string Name { get; }

    /// <summary>A set of the context's space.</summary>
    /// <param name="context">What is known.</param>
    public abstract ParameterSet Propose(ProposalContext context);
}
