using Evenhand.Metrics.Bounds;

namespace Evenhand.Metrics.Fairness;

/// <summary>Largest minus smallest value of any two groups; with several metrics, the largest of their
/// differences.</summary>
internal sealed class DifferenceMetric(FormulaCard card, params Metric[] requires)
    : GroupComparisonMetric(requires[0].Kind, card, BoundsCards.Difference, requires)
{
    public override double Value(IReadOnlyList<double[]> values)
    {
        var worst = double.NegativeInfinity;
        foreach (var metric in values)
        {
            var (low, high) = Extremes(metric);

            // Math.Max is NaN where either side is.
            worst = Math.Max(worst, high - low);
        }

        return worst;
    }

    public override (double Low, double High) Bounds(IReadOnlyList<GroupEstimates> groups)
    {
        (double Low, double High)[] bounds = [.. groups.Select(metric => metric.Difference())];
        return (bounds.Max(b => b.Low), bounds.Max(b => b.High));
    }
}
