using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Fairness;

/// <summary>A fairness metric that looks at the groups' values of one or more metrics.</summary>
internal abstract class GroupValuesMetric(
    PredictionKind kind, FormulaCard card, string bounds, params Metric[] requires)
    : FairnessMetric(kind, card, bounds, requires)
{
    /// <summary>The figure of one set of groups, or of one resample.</summary>
    /// <param name="values">For each of <see cref="FairnessMetric.Requires"/> the values of the groups that count; NaN
    /// where undefined.</param>
    public abstract double Value(IReadOnlyList<double[]> values);

    /// <summary>Smallest and largest defined value; NaN twice where fewer than two groups are defined.</summary>
    protected static (double Low, double High) Extremes(double[] values)
    {
        var (low, high, defined) = (double.PositiveInfinity, double.NegativeInfinity, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
                defined++;
            }
        }

        return defined < 2 ? (double.NaN, double.NaN) : (low, high);
    }
}
