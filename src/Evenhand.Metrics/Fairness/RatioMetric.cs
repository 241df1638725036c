using Evenhand.Metrics.Bounds;

namespace Evenhand.Metrics.Fairness;

/// <summary>Smallest over largest value of any two groups; with several metrics, the smallest of their
/// ratios.</summary>
internal sealed class RatioMetric(FormulaCard card, params Metric[] requires)
    : GroupComparisonMetric(requires[0].Kind, card, BoundsCards.Ratio, requires)
{
    public override double Value(IReadOnlyList<double[]> values)
    {
        var worst = double.PositiveInfinity;
        foreach (var metric in values)
        {
            var (low, high) = Extremes(metric);

            // 0 / 0, no group has any of it, is undefined; Math.Min is NaN where either side is.
            worst = Math.Min(worst, low / high);
        }

        return worst;
    }

    public override (double Low, double High) Bounds(IReadOnlyList<GroupEstimates> groups)
    {
        (double Low, double High)[] bounds = [.. groups.Select(metric => metric.Ratio())];
        return (bounds.Min(b => b.Low), bounds.Min(b => b.High));
    }
}
