namespace Evenhand.Metrics.Fairness;

/// <summary>Smallest over largest value of any two groups; with several metrics, the smallest of their
/// ratios.</summary>
internal sealed class RatioMetric(FormulaCard card, params Metric[] requires)
    : GroupValuesMetric(requires[0].Kind, card, requires)
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
}
