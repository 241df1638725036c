using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Mean log loss of predicted probabilities.</summary>
internal sealed class LogLossMetric(FormulaCard card) : Metric(PredictionKind.Classification, card)
{
    public override bool NeedsScores => true;

    internal override Statistic Statistic => LogLossStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums) => sums[1] / sums[0];
}
