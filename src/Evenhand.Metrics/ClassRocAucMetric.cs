using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Mean over classes of the area under the receiver operating characteristic of each class against the
/// rest.</summary>
internal sealed class ClassRocAucMetric(PredictionKind kind, FormulaCard card) : Metric(kind, card)
{
    public override bool NeedsScores => true;

    internal override Statistic Statistic => ClassRocStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums)
    {
        var (sum, defined) = (0.0, 0);
        for (var first = 0; first < sums.Length; first += 3)
        {
            var pairs = sums[first + RocStatistic.Negatives] * sums[first + RocStatistic.Positives];
            if (pairs > 0)
            {
                sum += sums[first + RocStatistic.Concordant] / pairs;
                defined++;
            }
        }

        return sum / defined;
    }
}
