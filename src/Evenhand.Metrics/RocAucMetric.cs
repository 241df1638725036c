using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Area under the receiver operating characteristic.</summary>
internal sealed class RocAucMetric(FormulaCard card) : Metric(PredictionKind.Classification, card)
{
    public override bool NeedsScores => true;

    internal override Statistic Statistic => RocStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums) =>
        sums[RocStatistic.Concordant] / (sums[RocStatistic.Negatives] * sums[RocStatistic.Positives]);
}
