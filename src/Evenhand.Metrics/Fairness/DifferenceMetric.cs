namespace Evenhand.Metrics.Fairness;

/// <summary>Largest minus smallest value of any two groups; with several metrics, the largest of their
/// differences.</summary>
internal sealed class DifferenceMetric(FormulaCard card, params Metric[] requires)
    : GroupValuesMetric(requires[0].Kind, card, requires)
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
}
