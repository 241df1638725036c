using Evenhand.Metrics.Bounds;

namespace Evenhand.Metrics.Fairness;

/// <summary>A function of the mean over all pairs of groups of a rising function of their absolute
/// differences.</summary>
/// <param name="card">What it computes.</param>
/// <param name="ofPair">The function of a pair's absolute difference.</param>
/// <param name="read">The figure, from that mean and the groups' values; it rises with the mean.</param>
/// <param name="metric">The metric.</param>
internal sealed class PairsMetric(
    FormulaCard card, Func<double, double> ofPair, Func<double, double[], double> read, Metric metric)
    : GroupComparisonMetric(metric.Kind, card, BoundsCards.MeanOfPairs, metric)
{
    public override double Value(IReadOnlyList<double[]> values)
    {
        double[] defined = [.. values[0].Where(value => !double.IsNaN(value))];
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < defined.Length; i++)
        {
            for (var j = i + 1; j < defined.Length; j++)
            {
                sum += ofPair(Math.Abs(defined[i] - defined[j]));
                pairs++;
            }
        }

        return pairs == 0 ? double.NaN : read(sum / pairs, defined);
    }

    public override (double Low, double High) Bounds(IReadOnlyList<GroupEstimates> groups)
    {
        var (low, high) = groups[0].MeanOfPairs(ofPair);
        return (read(low, groups[0].Values), read(high, groups[0].Values));
    }
}
