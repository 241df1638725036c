using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Area under the ROC curve between one class of a group and the other class of its background.</summary>
/// <param name="card">What it computes.</param>
/// <param name="backgroundIsPositive">Whether the background gives the positives and the group the negatives; else the
/// other way round.</param>
internal sealed class BackgroundAucMetric(FormulaCard card, bool backgroundIsPositive)
    : Metric(PredictionKind.Classification, card)
{
    public override bool NeedsScores => true;

    internal override Statistic Statistic => BackgroundRocStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums) => backgroundIsPositive
        ? sums[BackgroundRocStatistic.BackgroundPositiveConcordant]
            / (sums[BackgroundRocStatistic.BackgroundPositives] * sums[BackgroundRocStatistic.GroupNegatives])
        : sums[BackgroundRocStatistic.BackgroundNegativeConcordant]
            / (sums[BackgroundRocStatistic.BackgroundNegatives] * sums[BackgroundRocStatistic.GroupPositives]);

    // The group's side is nearly always the smaller one.
    internal override double ShareOfRows(ReadOnlySpan<double> sums)
    {
        var (negatives, positives) = (
            sums[BackgroundRocStatistic.GroupNegatives], sums[BackgroundRocStatistic.GroupPositives]);
        return (backgroundIsPositive ? negatives : positives) / (negatives + positives);
    }
}
