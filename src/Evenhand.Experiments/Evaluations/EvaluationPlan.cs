using Evenhand.Experiments.Tasks;
using Evenhand.Learning;
using Evenhand.Metrics;

namespace Evenhand.Experiments.Evaluations;

/// <summary>What is measured of every model of an experiment, and how; an <see cref="Evaluator"/> does
/// it.</summary>
public sealed record EvaluationPlan : MeasurementSettings
{
    /// <summary>The task, which decides what predictions are compared with.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>Metrics, overall and by group; the objective's accuracy metric is the first.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>Fairness metrics, each over one group attribute.</summary>
    public required IReadOnlyList<(FairnessMetric Metric, string Attribute)> Fairness { get; init; }

    /// <summary>Whether the objective reads probabilities alone and no decisions: where they vary, predictions are not
    /// constant although all decisions may be equal.</summary>
    public bool ReadsProbabilitiesAlone { get; init; }

    /// <summary>This plan without bounds, and with no metrics but those that these measures need.</summary>
    /// <param name="measures">Names of metrics and of fairness figures.</param>
    internal EvaluationPlan ForReports(IReadOnlyCollection<string> measures)
    {
        (FairnessMetric Metric, string Attribute)[] fairness =
        [
            .. Fairness.Where(f => measures.Contains(new MeasureName(f.Metric.Name, f.Attribute).ToString())),
        ];
        var required = fairness.SelectMany(f => f.Metric.Requires).Select(m => m.Name).ToHashSet();
        return this with
        {
            Metrics = [.. Metrics.Where(m => measures.Contains(m.Name) || required.Contains(m.Name))],
            Fairness = fairness,
            Report = Report with { BootstrapSamples = 0 },
        };
    }
}
