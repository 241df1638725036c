using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Area under the receiver operating characteristic.</summary>
/// <param name="card">What it computes.</param>
/// <param name="keepsReplicates">Whether means over groups read it.</param>
internal sealed class RocAucMetric(FormulaCard card, bool keepsReplicates = false)
    : Metric(PredictionKind.Classification, card)
{
    public override bool NeedsScores => true;

    internal override bool KeepsReplicates => keepsReplicates;

    internal override Statistic Statistic => RocStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums) =>
        sums[RocStatistic.Concordant] / (sums[RocStatistic.Negatives] * sums[RocStatistic.Positives]);

    // The smaller class decides how well the area is known.
    internal override double ShareOfRows(ReadOnlySpan<double> sums) =>
        Math.Min(sums[RocStatistic.Negatives], sums[RocStatistic.Positives])
        / (sums[RocStatistic.Negatives] + sums[RocStatistic.Positives]);
}
