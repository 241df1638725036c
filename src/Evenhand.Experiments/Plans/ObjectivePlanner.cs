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
            var names = references.Select(r => new MeasureName(r.Metric.Value, r.Group?.Value)).ToArray();
            var pareto = new ParetoObjective([.. names.Select(Goal)], section.Constraints.Select(Limit));
            return (pareto, Facts("pareto", names[0], names[1..], $"Pareto front of {pareto}"));
        }

        var accuracy = new MeasureName((section.Minimize ?? section.Maximize)!.Value);
        var verb = Maximizes(accuracy) ? "maximize" : "minimize";
        if (section.Constraints.Count > 0)
        {
            var constrained = new ConstrainedObjective(Goal(accuracy), section.Constraints.Select(Limit));
            var limited = section.Constraints.Where(c => c.Group is not null)
                .Select(c => new MeasureName(c.Metric.Value, c.Group!.Value));
            return (constrained, Facts("constrained", accuracy, limited, $"{verb} {constrained}"));
        }

        var composite = new CompositeObjective(Goal(accuracy), section.Fairness.Select(Penalty));
        var penalized = section.Fairness.Select(NameOf);
        return (composite, Facts("composite", accuracy, penalized, $"{verb} {composite}"));
    }

    // Where the objective names no gap, the gap of the accuracy metric over each attribute is still worth seeing.
    private ObjectiveFacts Facts(
        string kind, MeasureName accuracy, IEnumerable<MeasureName> fairness, string text)
    {
        MeasureName[] names = [.. fairness.Distinct()];
        if (names.Length == 0)
        {
            names =
            [
                .. EvaluationPlanner.AttributesOf(_experiment, ofItems: false)
                    .Select(attribute => new MeasureName($"{accuracy.Metric}-difference", attribute)),
                .. _experiment.PredictionTask.Target.IsRanking ? ItemGaps() : [],
            ];
        }

        return new ObjectiveFacts
        {
            Kind = kind,
            Accuracy = accuracy.ToString(),
            AccuracyMaximize = Maximizes(accuracy),
            Fairness = [.. names.Select(name => name.ToString())],
            FairnessMaximize = [.. names.Where(Maximizes).Select(name => name.ToString())],
            Gaps = [.. names.Where(name => name.Attribute is not null)],
            Limits = [.. _experiment.Objective.Constraints.Select(constraint => Limit(constraint).ToString())],
            Text = text,
        };
    }

    private IEnumerable<MeasureName> ItemGaps() =>
        EvaluationPlanner.AttributesOf(_experiment, ofItems: true).Select(
            attribute => new MeasureName(EvaluationPlanner.UsualItemGap(_experiment.Evaluation.K), attribute));

    private MeasureGoal Goal(MeasureName name) => new(name.ToString(), Maximizes(name));

    private bool Maximizes(MeasureName name) => MetricDirection.Maximize == (name.Attribute is null
        ? _metrics.Get(name.Metric).Direction
        : _metrics.GetFairness(name.Metric).Direction);

    private MeasurePenalty Penalty(FairnessPenalty penalty) => new(NameOf(penalty).ToString(), penalty.Weight)
    {
        Maximize = Maximizes(NameOf(penalty)),
        Scale = penalty.Scale,
    };

    private MeasureName NameOf(FairnessPenalty penalty) =>
        new(_metrics.GetFairness(penalty.Metric.Value).Name, penalty.Group.Value);

    private static MeasureLimit Limit(MeasureConstraint constraint)
    {
        var measure = new MeasureName(constraint.Metric.Value, constraint.Group?.Value).ToString();
        var limit = constraint.AtMost is { } most
            ? MeasureLimit.AtMost(measure, most)
            : MeasureLimit.AtLeast(measure, constraint.AtLeast!.Value);
        return limit with { Scale = constraint.Scale };
    }
}
