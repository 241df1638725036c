using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>A metric that is a function of sums of prediction errors.</summary>
/// <param name="card">What it computes.</param>
/// <param name="value">The function; it returns NaN where the metric is undefined, which division of 0 by 0 gives by
/// itself.</param>
public sealed class RatingMetric(FormulaCard card, Func<ErrorSums, double> value) : Metric(PredictionKind.Rating, card)
{
    internal override Statistic Statistic => ErrorStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums) => value(new(sums[0], sums[1], sums[2], sums[3]));
}
