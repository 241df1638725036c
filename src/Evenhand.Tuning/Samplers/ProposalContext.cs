using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Samplers;

/// <summary>What a sampler knows when it proposes a trial.</summary>
/// <param name="Space">Where to search.</param>
/// <param name="Objective">What makes a trial better than another.</param>
/// <param name="Trials">The finished trials in the order of their numbers; all their parameters are of the
/// space.</param>
/// <param name="Number">Number of the trial to propose.</param>
/// <param name="Random">The only source of randomness, for this proposal alone.</param>
public sealed record ProposalContext(
    SearchSpace Space,
    Objective Objective,
    IReadOnlyList<FinishedTrial> Trials,
    int Number,
    Random Random)
{
    /// <summary>What the trials that run at this moment try, in the order of their numbers; empty when trials run one
    /// at a time.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<ParameterSet> Running { get; init; } = [];
}
