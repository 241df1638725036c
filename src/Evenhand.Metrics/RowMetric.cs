using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>A metric that is the weighted mean of one number for each row: base of metrics of your own.</summary>
/// <remarks>Over a group it is the mean over the group's rows, so all comparisons of groups and all bounds follow.
/// Rows are ratings, texts or customers; in rankings they are the users with their lists.</remarks>
/// <param name="kind">What it is a metric of.</param>
/// <param name="card">What it computes.</param>
public abstract class RowMetric(PredictionKind kind, FormulaCard card) : Metric(kind, card), IRowSource
{
    internal sealed override Statistic Statistic => field ??= new RowStatistic(this);

    /// <summary>The numbers of some rows.</summary>
    /// <param name="data">All rows, of the record that goes with the kind: <see cref="RatingEvaluation"/>,
    /// <see cref="ClassificationEvaluation"/>, <see cref="MulticlassEvaluation"/>, <see cref="MultiLabelEvaluation"/> or
    /// <see cref="RankingEvaluation"/>.</param>
    /// <param name="start">The first row.</param>
    /// <param name="values">Receives one number for each row from the first one on; NaN for a row that does not
    /// count.</param>
    protected abstract void RowValues(EvaluationData data, int start, Span<double> values);

    internal sealed override double Value(ReadOnlySpan<double> sums) => sums[1] / sums[0];

    void IRowSource.Fill(EvaluationData data, int start, Span<double> values) => RowValues(data, start, values);
}
