using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Tuning.Objectives;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>What becomes on the test part of the limits that a trial was chosen by on the validation part.</summary>
/// <param name="Holds">Whether every limit is kept; null where a figure that one reads is undefined and none is
/// missed.</param>
/// <param name="Missed">Each limit that is missed, with the figure.</param>
internal sealed record TestedLimits(bool? Holds, IReadOnlyList<string> Missed)
{
    public static TestedLimits Of(ExperimentPlan plan, EvaluationFigures test)
    {
        var measures = test.ToMeasures();
        var missed = new List<string>();
        var unknown = false;
        foreach (var limit in plan.Objective.Limits)
        {
            var value = measures.GetValueOrDefault(limit.Measure, double.NaN);
            unknown |= double.IsNaN(value);
            if (limit.Violation(value) > 0)
            {
                missed.Add($"{limit}: {LeaderboardTable.Number(value)}");
            }
        }

        return new TestedLimits(missed.Count > 0 ? false : unknown ? null : true, missed);
    }
}
