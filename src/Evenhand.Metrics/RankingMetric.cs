using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Reads a metric from a population's figures of its statistic.</summary>
internal delegate double FigureReader(ReadOnlySpan<double> figures);

/// <summary>A metric of ranked lists, or of the items in them.</summary>
/// <param name="card">What it computes.</param>
/// <param name="statistic">What it is read from.</param>
/// <param name="read">How it is read.</param>
/// <param name="k">Length of the lists; null where it has none.</param>
internal sealed class RankingMetric(FormulaCard card, Statistic statistic, FigureReader read, int? k = null)
    : Metric(PredictionKind.Ranking, card)
{
    public override int? ListLength => k;

    internal override Statistic Statistic => statistic;

    internal override double Value(ReadOnlySpan<double> sums) => read(sums);
}
