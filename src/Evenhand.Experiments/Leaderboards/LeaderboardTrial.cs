using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Metrics;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>One row of the leaderboard.</summary>
public sealed record LeaderboardTrial
{
    /// <summary>Place by the objective, from 1; null for a trial that failed or was pruned, and for one of which
    /// the objective has no value.</summary>
    public required int? Rank { get; init; }

    /// <summary>Number of the trial in its study, from 0.</summary>
    public required int Number { get; init; }

    /// <summary><c>complete</c>, <c>pruned</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Name of the learner.</summary>
    public required string Learner { get; init; }

    /// <summary>The options that the sampler chose.</summary>
    public required IReadOnlyDictionary<string, ParameterValue> Params { get; init; }

    /// <summary>Metrics over the whole validation part.</summary>
    public required IReadOnlyDictionary<string, MetricValue> Validation { get; init; }

    /// <summary>Metrics by group on the validation part: attribute, then group.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, GroupFigures>> Groups { get; init; }

    /// <summary>Fairness figures on the validation part; names such as <c>rmse-difference(gender)</c>.</summary>
    public required IReadOnlyDictionary<string, MetricValue> Fairness { get; init; }

    /// <summary>Figures on the test part; null for trials that are not finalists.</summary>
    public required TestFigures? Test { get; init; }

    /// <summary>The value of the objective, in its own direction; null where it is undefined or a Pareto
    /// front.</summary>
    public required double? Objective { get; init; }

    /// <summary>Whether the objective has a value and every constraint holds on the validation part; true where there
    /// is no constraint.</summary>
    public required bool Feasible { get; init; }

    /// <summary>Whether no other feasible trial is at least as good in accuracy and every gap, and better in one, on
    /// the validation part. Trials whose predictions are constant neither stand on the front nor bar others from
    /// it.</summary>
    public required bool Pareto { get; init; }

    /// <summary>Whether the model predicts the same for every row of the validation part, so that its gaps say
    /// nothing.</summary>
    /// <value>false</value>
    public bool Constant { get; init; }

    /// <summary>Accuracy given up against the most accurate trial; null for one that did not complete.</summary>
    public required PriceOfFairness? PriceOfFairness { get; init; }

    /// <summary>Seconds that fitting and evaluating took.</summary>
    public required double Seconds { get; init; }

    /// <summary>What the model costs; null for a trial that did not complete, and for trials of versions that did not
    /// measure it.</summary>
    public required TrialCost? Cost { get; init; }

    /// <summary>The group attributes that must be known of a user or an item when the model is in use; empty where they
    /// are needed in training only, or not at all.</summary>
    public required IReadOnlyList<string> ServingAttributes { get; init; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public required string? Error { get; init; }

    /// <summary>What the fit reported as it ran, by ascending step: figures of the validation part, and
    /// <c>train-loss</c>. Empty where neither a pruner nor curves were asked for, or the learner does not iterate.
    /// </summary>
    /// <value>Empty.</value>
    public IReadOnlyList<TrialReport> Reports { get; init; } = [];

    /// <summary>The step after which the trial was pruned, as in <c>pruned after step 3</c>; null where it was not. No
    /// part of the JSON form.</summary>
    public int? PrunedAfter => State == "pruned" && Reports is [.., var last] ? last.Step : null;

    /// <summary>Whether the trial finished with figures. No part of the JSON form.</summary>
    internal bool IsComplete => State == "complete";
}

/// <summary>Figures on the test part. In JSON the metrics stand beside <c>groups</c>, <c>fairness</c> and
/// <c>drop</c> and <c>comparison</c>.</summary>
/// <param name="Metrics">Metric name to value and bounds, over the whole test part.</param>
/// <param name="Groups">Attribute, then group.</param>
/// <param name="Fairness">Fairness figures.</param>
/// <param name="Drop">Test minus validation, for every metric and fairness figure.</param>
public sealed record TestFigures(
    IReadOnlyDictionary<string, MetricValue> Metrics,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, GroupFigures>> Groups,
    IReadOnlyDictionary<string, MetricValue> Fairness,
    IReadOnlyDictionary<string, double> Drop)
{
    /// <summary>Whether every constraint holds on the test part; true where there is none, null where a figure that one
    /// reads is undefined.</summary>
    /// <value>true</value>
    public bool? Feasible { get; init; } = true;

    /// <summary>The constraints that do not hold on the test part, each with the figure, such as
    /// <c>rmse-difference(gender) &lt;= 0.05: 0.0712</c>.</summary>
    /// <value>none</value>
    public IReadOnlyList<string> MissedLimits { get; init; } = [];

    /// <summary>Whether the model predicts the same for every row of the test part.</summary>
    /// <value>false</value>
    public bool Constant { get; init; }

    /// <summary>Against the most accurate finalist; null for that one, and where nothing was compared.</summary>
    public ModelComparison? Comparison { get; init; }
}

/// <summary>Accuracy given up against the most accurate trial of the study, on the validation part.</summary>
/// <param name="Metric">The accuracy metric.</param>
/// <param name="Amount">How much worse, in the metric's units; 0 for the most accurate trial, never negative.</param>
/// <param name="Percent">The same as a percentage of the most accurate trial's figure.</param>
public sealed record PriceOfFairness(string Metric, double Amount, double Percent)
{
    /// <summary>The price of a trial; null where either has no accuracy figure.</summary>
    internal static PriceOfFairness? Of(ObjectiveFacts objective, FinishedTrial? mostAccurate, FinishedTrial trial)
    {
        var best = mostAccurate?.Measure(objective.Accuracy) ?? double.NaN;
        var value = trial.Measure(objective.Accuracy);
        if (double.IsNaN(best) || double.IsNaN(value))
        {
            return null;
        }

        var amount = Math.Max(0, objective.AccuracyMaximize ? best - value : value - best);
        return new PriceOfFairness(objective.Accuracy, amount, best == 0 ? 0 : 100 * amount / Math.Abs(best));
    }
}
