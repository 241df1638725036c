using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Mean over users of a figure of their ranked lists.</summary>
/// <param name="card">What it computes.</param>
/// <param name="k">Length of the list that is looked at.</param>
/// <param name="figure">Which figure of <see cref="RankingStatistic"/>.</param>
internal sealed class RankingMetric(FormulaCard card, int k, int figure) : Metric(PredictionKind.Ranking, card)
{
    internal override Statistic Statistic { get; } = new RankingStatistic(k);

    internal override double Value(ReadOnlySpan<double> sums) => sums[figure] / sums[RankingStatistic.Users];
}
