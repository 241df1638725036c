using Evenhand.Tuning.Parts;

namespace Evenhand.Tuning.Pruners;

/// <summary>Decides from what a running trial reports whether it is worth going on.</summary>
/// <remarks>A pruner holds no state between calls and draws no random numbers: equal contexts give equal answers. That
/// is what makes a resumed study equal to an uninterrupted one.</remarks>
public abstract class Pruner : IStudyPart
{
    /// <inheritdoc/>
    public static string Kind => "pruner";

    /// <summary>Name as users type it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the running trial should end now; asked after each of its reports.</summary>
    /// <param name="context">What is known.</param>
    public abstract bool ShouldPrune(PruningContext context);
}
