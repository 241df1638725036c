using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>A metric of scores that is a function of one statistic.</summary>
/// <param name="card">What it computes.</param>
/// <param name="statistic">The statistic.</param>
/// <param name="value">The function of the statistic's figures.</param>
internal sealed class ScoreMetric(FormulaCard card, Statistic statistic, Func<ReadOnlySpan<double>, double> value)
    : Metric(PredictionKind.Classification, card)
{
    public override bool NeedsScores => true;

    internal override Statistic Statistic => statistic;

    internal override double Value(ReadOnlySpan<double> sums) => value(sums);
}
