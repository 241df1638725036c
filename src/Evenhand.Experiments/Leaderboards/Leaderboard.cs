using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>The trials of a study, ranked: who is accurate, who is fair, and what fairness costs. Its JSON form is a
/// contract.</summary>
/// <remarks>Built by <see cref="LeaderboardBuilder"/>; written by <see cref="LeaderboardJson"/> in camelCase, with null
/// where a figure is undefined.</remarks>
public sealed record Leaderboard
{
    /// <summary>Name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Name of the experiment that the study runs.</summary>
    public required string Experiment { get; init; }

    /// <summary>The task, such as <c>rating-prediction</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The data.</summary>
    public required DatasetFacts Dataset { get; init; }

    /// <summary>What the trials are ranked by.</summary>
    public required ObjectiveFacts Objective { get; init; }

    /// <summary>How the figures were measured: split, masks, bounds, seed.</summary>
    public required IReadOnlyDictionary<string, string> Protocol { get; init; }

    /// <summary>Number of the best feasible trial; null where there is none or the objective is a Pareto
    /// front.</summary>
    public required int? Best { get; init; }

    /// <summary>Number of the trial that violates least, where no trial is feasible; null otherwise.</summary>
    public required int? LeastInfeasible { get; init; }

    /// <summary>Number of the trial with the best accuracy figure, whatever its gaps; null where no trial
    /// finished.</summary>
    public required int? MostAccurate { get; init; }

    /// <summary>Number of the feasible trial with the smallest first gap of the objective on the validation part; never
    /// one whose predictions are constant. Null where there is none, or no gap.</summary>
    /// <value>null</value>
    public int? Fairest { get; init; }

    /// <summary>Which trial is best, or why none is, in a few words.</summary>
    public required string Verdict { get; init; }

    /// <summary>What the study found on accuracy and fairness, in sentences that name the part they are true
    /// of.</summary>
    public required string Headline { get; init; }

    /// <summary>The trials in the order of their ranks; then those of which the objective has no value, then pruned
    /// ones, failed ones last.</summary>
    public required IReadOnlyList<LeaderboardTrial> Trials { get; init; }

    /// <summary>Names of the figures of which more is better. No part of the JSON form.</summary>
    /// <value>none</value>
    public IReadOnlySet<string> GreaterIsBetter { get; init; } = new HashSet<string>();

    /// <summary>How many further trials there are, where only the first were asked for. No part of the JSON
    /// form.</summary>
    /// <value>0</value>
    public int OmittedTrials { get; init; }

    /// <summary>The first trials, and the one that the p values among them refer to.</summary>
    /// <param name="count">How many; null: all.</param>
    public IReadOnlyList<LeaderboardTrial> Top(int? count) => count is { } top && top < Trials.Count
        ? [.. WithReferences([.. Trials.Take(top)], Trials, trial => trial.Number, trial => trial.Test?.Comparison)]
        : Trials;

    /// <summary>The rows shown, followed by the trials that their comparisons refer to and that are not among
    /// them.</summary>
    internal static IEnumerable<T> WithReferences<T>(
        IReadOnlyList<T> shown, IEnumerable<T> all, Func<T, int> numberOf, Func<T, ModelComparison?> comparisonOf)
    {
        var missing = shown.Select(comparisonOf).OfType<ModelComparison>().Select(c => c.Reference)
            .Except(shown.Select(numberOf)).ToHashSet();
        return shown.Concat(all.Where(trial => missing.Contains(numberOf(trial))));
    }
}
