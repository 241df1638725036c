using Evenhand.Metrics;
using Evenhand.Metrics.Reports;

namespace Evenhand.Experiments.Evaluations;

/// <summary>Everything that was measured of one model on one part of the data.</summary>
/// <param name="Metrics">Metric name to value and bounds, over the whole part.</param>
/// <param name="Groups">Attribute, then group.</param>
/// <param name="Fairness">Fairness figures; names such as <c>rmse-difference(gender)</c>.</param>
public sealed record EvaluationFigures(
    IReadOnlyDictionary<string, MetricValue> Metrics,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, GroupFigures>> Groups,
    IReadOnlyDictionary<string, MetricValue> Fairness)
{
    // No metric has this name.
    private const string ConstantMeasure = "constant-predictions";

    /// <summary>Whether the model predicts the same for every row of the part, so that its gaps say nothing.</summary>
    /// <value>false, also for trials of versions that did not look</value>
    public bool Constant { get; init; }

    /// <summary>What the model costs; null where it was not measured.</summary>
    public TrialCost? Cost { get; init; }

    /// <summary>On the test part: against the most accurate finalist; null for that one, on other parts, and where
    /// nothing was compared.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>The figures of a report: its metrics, its groups, and the given fairness metrics over the given
    /// attributes.</summary>
    public static EvaluationFigures Of(
        GroupReport report, IEnumerable<(FairnessMetric Metric, string Attribute)> fairness)
    {
        var groups = new Dictionary<string, IReadOnlyDictionary<string, GroupFigures>>();
        foreach (var attribute in report.Attributes)
        {
            groups[attribute.Attribute] = attribute.Groups.ToDictionary(
                g => g.Group, g => new GroupFigures(g.Count, g.BelowMinimum, g.Values));
        }

        var gaps = new Dictionary<string, MetricValue>();
        foreach (var (metric, attribute) in fairness)
        {
            gaps.TryAdd(new MeasureName(metric.Name, attribute).ToString(), report.Fairness(metric, attribute));
        }

        return new EvaluationFigures(report.Overall, groups, gaps);
    }

    /// <summary>Every metric and fairness figure as one number, for objectives.</summary>
    public Dictionary<string, double> ToMeasures()
    {
        var measures = Metrics.ToDictionary(m => m.Key, m => m.Value.Value);
        foreach (var (name, figure) in Fairness)
        {
            measures[name] = figure.Value;
        }

        if (Constant)
        {
            measures[ConstantMeasure] = 1;
        }

        return measures;
    }

    /// <summary>Whether the predictions behind these measures were constant.</summary>
    public static bool IsConstant(IReadOnlyDictionary<string, double> measures)
    {
        ArgumentNullException.ThrowIfNull(measures);
        return measures.ContainsKey(ConstantMeasure);
    }
}
