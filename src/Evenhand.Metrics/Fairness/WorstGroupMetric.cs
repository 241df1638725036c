using Evenhand.Metrics.Bounds;

namespace Evenhand.Metrics.Fairness;

/// <summary>The value of the group that is worst off: the smallest of a metric to maximize, the largest of one to
/// minimize.</summary>
internal sealed class WorstGroupMetric(FormulaCard card, Metric metric)
    : GroupComparisonMetric(metric.Kind, card, BoundsCards.Extreme, metric)
{
    public override double Value(IReadOnlyList<double[]> values)
    {
        var worst = double.NaN;
        foreach (var value in values[0])
        {
            if (double.IsNaN(worst) || (Direction == MetricDirection.Maximize ? value < worst : value > worst))
            {
                worst = value;
            }
        }

        return worst;
    }

    public override (double Low, double High) Bounds(IReadOnlyList<GroupEstimates> groups) =>
        groups[0].Extreme(smallest: Direction == MetricDirection.Maximize);
}
