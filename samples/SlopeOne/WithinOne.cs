using Evenhand.Metrics;
using Evenhand.Metrics.Evaluations;

namespace SlopeOne;

/// <summary>Share of the predictions that are at most 1 away from the rating.</summary>
public sealed class WithinOne() : RowMetric(PredictionKind.Rating, new FormulaCard
{
    Name = "within-one",
    Title = "Within one",
    Formula = "mean of [abs(prediction - label) <= 1]",
    Low = 0,
    High = 1,
    Direction = MetricDirection.Maximize,
    Aggregation = "mean over rows",
    Source = "Share of acceptable predictions; the tolerance is one step of a five-star scale.",
})
{
    /// <inheritdoc/>
    protected override void RowValues(EvaluationData data, int start, Span<double> values)
    {
        var rows = (RatingEvaluation)data;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Abs(rows.Predictions[start + i] - rows.Labels[start + i]) <= 1 ? 1 : 0;
        }
    }
}
