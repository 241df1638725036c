using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>A metric that is a function of the confusion matrix.</summary>
/// <param name="card">What it computes.</param>
/// <param name="value">The function; it returns NaN where the metric is undefined, which division of 0 by 0 gives by
/// itself.</param>
public sealed class ConfusionMetric(FormulaCard card, Func<Confusion, double> value)
    : Metric(PredictionKind.Classification, card)
{
    /// <summary>The weight of the rows that the figure is a share of.</summary>
    /// <value>All rows.</value>
    public Func<Confusion, double> Denominator { get; init; } = confusion => confusion.Total;

    internal override Statistic Statistic => ConfusionStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums) => value(Of(sums));

    internal override double ShareOfRows(ReadOnlySpan<double> sums) => Denominator(Of(sums)) / Of(sums).Total;

    private static Confusion Of(ReadOnlySpan<double> sums) => new(sums[0], sums[1], sums[2], sums[3]);
}
