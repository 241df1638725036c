using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Pruners;

/// <summary>What a pruner knows when it judges a running trial.</summary>
/// <param name="Objective">What makes a trial better than another; <see cref="Objective.Losses(TrialReport)"/> and
/// <see cref="Objective.Violation(TrialReport)"/> judge reports.</param>
/// <param name="Trials">The finished trials in the order of their numbers, failed and pruned ones included, each with
/// its reports.</param>
/// <param name="Number">Number of the running trial.</param>
/// <param name="Reports">Its reports by ascending step; the last one was made just now.</param>
public sealed record PruningContext(
    Objective Objective,
    IReadOnlyList<FinishedTrial> Trials,
    int Number,
    IReadOnlyList<TrialReport> Reports)
{
    /// <summary>What the running trial tries, for pruners that compare it with its like alone.</summary>
    /// <value>The empty set.</value>
    public ParameterSet Parameters { get; init; } = ParameterSet.Empty;
}
