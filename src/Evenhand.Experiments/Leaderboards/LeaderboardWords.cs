using System.Globalization;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>What may be quoted of a study: which trial is best, and what fairness costs. Every form of the leaderboard
/// says these words and none of its own.</summary>
/// <remarks>A sentence names the part of the data that it is true of, and stands there only where the figures bear it
/// out.</remarks>
/// <param name="plan">The study's experiment.</param>
/// <param name="standing">How its trials stand.</param>
/// <param name="best">The best trial; null where none is feasible, or the objective is a Pareto front.</param>
/// <param name="leastInfeasible">The trial that violates least, where none is feasible.</param>
/// <param name="test">Test figures by number of the trial.</param>
internal sealed class LeaderboardWords(
    ExperimentPlan plan,
    Standing standing,
    FinishedTrial? best,
    FinishedTrial? leastInfeasible,
    IReadOnlyDictionary<int, EvaluationFigures> test)
{
    private ObjectiveFacts Facts => plan.ObjectiveFacts;

    private int Complete => standing.Ranked.Count + standing.Undefined.Count;

    /// <summary>Which trial is best, or why none is, in a few words.</summary>
    /// <param name="shown">The rows shown, of which one tells how large the groups are.</param>
    public string Verdict(IReadOnlyList<LeaderboardTrial> shown) =>
        best is not null ? $"best trial {best.Number}"
            + (Tested(best)?.Holds == false ? ", which misses its limit on the test part" : "")
        : leastInfeasible is not null ? $"no trial is feasible; trial {leastInfeasible.Number} violates least"
        : standing.Ranked.Count > 0 ? "see the Pareto front (*)"
        : Complete == 0 ? "no trial finished"
        : $"no trial can be ranked: {WhyUndefined(shown)}";

    /// <summary>What the study found, in sentences.</summary>
    /// <param name="shown">The rows shown.</param>
    public string Headline(IReadOnlyList<LeaderboardTrial> shown) => string.Join(" ", Sentences(shown));

    private IEnumerable<string> Sentences(IReadOnlyList<LeaderboardTrial> shown)
    {
        if (Complete == 0)
        {
            return ["No trial has finished, so there is nothing to compare yet."];
        }

        if (leastInfeasible is not null)
        {
            return
            [
                "No trial keeps its limits on the validation part.",
                $"Trial {leastInfeasible.Number} comes nearest to them.",
                .. OfConstant(leastInfeasible),
            ];
        }

        if (standing.Ranked.Count == 0)
        {
            return [$"No trial can be ranked: {WhyUndefined(shown)}."];
        }

        if (best is null)
        {
            return
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{standing.ParetoFront.Count} of {Complete} trials are on the Pareto front of the validation part: ")
                + "no other is as good as one of them in every figure and better in one.",
            ];
        }

        return [.. OfBest(best), .. OfConstant(best), .. OfLimits(best)];
    }

    private IEnumerable<string> OfBest(FinishedTrial best)
    {
        if (standing.MostAccurate is not { } accurate)
        {
            return [$"Trial {best.Number} is best by the objective."];
        }

        if (best.Number != accurate.Number)
        {
            return
            [
                $"Trial {best.Number} is best by the objective.",
                $"On the validation part it {Against(accurate, best)}.",
                .. OfConstant(accurate),
            ];
        }

        return
        [
            $"Trial {best.Number} is best by the objective and the most accurate on the validation part as well.",
            .. OfPrice(best),
        ];
    }

    // What fairness costs where the best trial pays nothing: that it does not can mean that nothing is to be had, or
    // that the objective finds it too dear.
    private IEnumerable<string> OfPrice(FinishedTrial best)
    {
        if (Standing.IsConstant(best) || Facts.Gaps.Count == 0)
        {
            return [];
        }

        if (CostsNothing(best))
        {
            return ["Of no other trial is a gap smaller there: fairness costs nothing on the validation part."];
        }

        if (standing.Fairest is not { } fairest || fairest.Number == best.Number)
        {
            return [];
        }

        var rejected = plan.Objective is CompositeObjective { Penalties.Count: > 0 }
            ? ": by the objective not worth its price" : "";
        return [$"The fairest, trial {fairest.Number}, {Against(best, fairest)}{rejected}."];
    }

    // Said of at least two models that can be told apart: one alone shows nothing of a price.
    private bool CostsNothing(FinishedTrial best)
    {
        var others = standing.Ranked
            .Where(t => t.Number != best.Number && !t.Parameters.Equals(best.Parameters) && !Standing.IsConstant(t))
            .ToArray();
        return others.Length > 0 && Facts.Gaps.Select(gap => gap.ToString()).All(gap =>
        {
            var own = Standing.Loss(Facts, best, gap);
            return !double.IsNaN(own) && others.All(t => !(Standing.Loss(Facts, t, gap) < own));
        });
    }

    private string Against(FinishedTrial accurate, FinishedTrial trial)
    {
        var text = PriceOfFairness.Of(Facts, accurate, trial) is { } price
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"gives up {LeaderboardTable.Number(price.Amount)} {price.Metric} ({price.Percent:0.00} %) against ")
                + $"the most accurate trial, {accurate.Number}"
            : $"stands against the most accurate trial, {accurate.Number}";
        if (Facts.Gaps is not [var first, ..])
        {
            return text;
        }

        var gap = first.ToString();
        var (from, to) = (accurate.Measure(gap), trial.Measure(gap));
        return double.IsNaN(from) || double.IsNaN(to) ? text
            : $"{text}, and moves {gap} from {LeaderboardTable.Number(from)} to {LeaderboardTable.Number(to)}";
    }

    private static IEnumerable<string> OfConstant(FinishedTrial trial) => Standing.IsConstant(trial)
        ? [$"Trial {trial.Number} predicts the same for all of the validation part: its gaps say nothing of fairness."]
        : [];

    private IEnumerable<string> OfLimits(FinishedTrial best) => Facts.Limits.Count == 0 ? [] : Tested(best) switch
    {
        null => [],
        { Holds: true } => ["It keeps its limits on the test part, too."],
        { Holds: false } limits => [$"On the test part it misses {string.Join(" and ", limits.Missed)}."],
        _ => ["On the test part its limits cannot be checked: a figure is undefined."],
    };

    private TestedLimits? Tested(FinishedTrial trial) =>
        test.TryGetValue(trial.Number, out var figures) ? TestedLimits.Of(plan, figures) : null;

    private string WhyUndefined(IReadOnlyList<LeaderboardTrial> shown)
    {
        var undefined = Facts.Fairness
            .Where(name => standing.Undefined.All(t => double.IsNaN(t.Measure(name)))).ToArray();
        if (undefined.Length == 0)
        {
            return "the objective is undefined for every one";
        }

        var text = $"{string.Join(", ", undefined)} undefined for every one";
        return Facts.Gaps.Any(gap => undefined.Contains(gap.ToString()) && HasTooFewGroups(shown, gap.Attribute!))
            ? $"{text}; fewer than two groups have evaluation.minimumGroupSize "
                + $"({plan.Protocol["minimumGroupSize"]}) rows in the validation part"
            : text;
    }

    private static bool HasTooFewGroups(IReadOnlyList<LeaderboardTrial> shown, string attribute) =>
        shown.FirstOrDefault(t => t.Error is null) is { } trial
            && trial.Groups.TryGetValue(attribute, out var groups)
            && groups.Values.Count(g => !g.BelowMinimum) < 2;
}
