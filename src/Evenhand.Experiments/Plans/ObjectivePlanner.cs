using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Files;
using Evenhand.Metrics;
using Evenhand.Metrics.Catalogue;
using Evenhand.Tuning.Objectives;

namespace Evenhand.Experiments.Plans;

/// <summary>Makes the tuner's objective from the experiment's.</summary>
internal sealed class ObjectivePlanner
{
    private readonly Experiment _experiment;
    private readonly MetricCatalogue _metrics;

    private ObjectivePlanner(Experiment experiment, MetricCatalogue metrics) =>
        (_experiment, _metrics) = (experiment, metrics);

    public static (Objective Objective, ObjectiveFacts Facts) Plan(Experiment experiment, MetricCatalogue metrics) =>
        new ObjectivePlanner(experiment, metrics).Plan();

    private (Objective Objective, ObjectiveFacts Facts) Plan()
    {
        var section = _experiment.Objective;
        if (section.Pareto is { } references)
        {
            var goals = references.Select(r => Goal(r.Metric.Value, r.Group?.Value)).ToArray();
            var pareto = new ParetoObjective(goals, section.Constraints.Select(Limit));
            return (pareto, Facts("pareto", goals[0], goals[1..], $"Pareto front of {pareto}"));
        }

        var accuracy = Goal((section.Minimize ?? section.Maximize)!.Value, null);
        var verb = accuracy.Maximize ? "maximize" : "minimize";
        if (section.Constraints.Count > 0)
        {
            var constrained = new ConstrainedObjective(accuracy, section.Constraints.Select(Limit));
            var limited = section.Constraints
                .Where(c => c.Group is not null).Select(c => Goal(c.Metric.Value, c.Group!.Value));
            return (constrained, Facts("constrained", accuracy, limited, $"{verb} {constrained}"));
        }

        var penalties = section.Fairness.Select(Penalty).ToArray();
        var composite = new CompositeObjective(accuracy, penalties);
        var penalized = penalties.Select(p => new MeasureGoal(p.Measure, p.Maximize));
        return (composite, Facts("composite", accuracy, penalized, $"{verb} {composite}"));
    }

    // Where the objective names no gap, the gap of the accuracy metric over each attribute is still worth seeing.
    private ObjectiveFacts Facts(
        string kind, MeasureGoal accuracy, IEnumerable<MeasureGoal> fairness, string text)
    {
        var gaps = fairness.ToArray();
        if (gaps.Length == 0)
        {
            gaps =
            [
                .. EvaluationPlanner.AttributesOf(_experiment, ofItems: false)
                    .Select(attribute => Goal($"{accuracy.Measure}-difference", attribute)),
                .. _experiment.PredictionTask.Target.IsRanking ? ItemGaps() : [],
            ];
        }

        return new ObjectiveFacts
        {
            Kind = kind,
            Accuracy = accuracy.Measure,
            AccuracyMaximize = accuracy.Maximize,
            Fairness = [.. gaps.Select(g => g.Measure).Distinct()],
            FairnessMaximize = [.. gaps.Where(g => g.Maximize).Select(g => g.Measure).Distinct()],
            Limits = [.. _experiment.Objective.Constraints.Select(constraint => Limit(constraint).ToString())],
            Text = text,
        };
    }

    private IEnumerable<MeasureGoal> ItemGaps() =>
        EvaluationPlanner.AttributesOf(_experiment, ofItems: true)
            .Select(attribute => Goal(EvaluationPlanner.UsualItemGap(_experiment.Evaluation.K), attribute));

    private MeasureGoal Goal(string metric, string? group) => group is null
        ? new MeasureGoal(metric, _metrics.Get(metric).Direction == MetricDirection.Maximize)
        : new MeasureGoal(
            EvaluationFigures.FairnessName(metric, group),
            _metrics.GetFairness(metric).Direction == MetricDirection.Maximize);

    private MeasurePenalty Penalty(FairnessPenalty penalty)
    {
        var metric = _metrics.GetFairness(penalty.Metric.Value);
        var name = EvaluationFigures.FairnessName(metric.Name, penalty.Group.Value);
        var maximize = metric.Direction == MetricDirection.Maximize;
        return new MeasurePenalty(name, penalty.Weight) { Maximize = maximize, Scale = penalty.Scale };
    }

    private static MeasureLimit Limit(MeasureConstraint constraint)
    {
        var measure = constraint.Group is { } group
            ? EvaluationFigures.FairnessName(constraint.Metric.Value, group.Value)
            : constraint.Metric.Value;
        var limit = constraint.AtMost is { } most
            ? MeasureLimit.AtMost(measure, most)
            : MeasureLimit.AtLeast(measure, constraint.AtLeast!.Value);
        return limit with { Scale = constraint.Scale };
    }
}
