using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>The largest difference between groups that any class has.</summary>
/// <param name="kind">Whether a row has one class or any number of labels.</param>
/// <param name="card">What it computes.</param>
/// <param name="rates">In which rates: those of <see cref="PreparedClassGaps"/>.</param>
internal sealed class ClassGapMetric(PredictionKind kind, FormulaCard card, params int[] rates)
    : AttributeMetric(kind, card, BoundsCards.Difference + "; the same for all classes (Bonferroni)", rates[0])
{
    public override double Value(PreparedStatistic prepared, ReadOnlySpan<double> figures) =>
        ((PreparedClassGaps)prepared).LargestGap(figures, rates);

    /// <summary>Bounds; null where a group has none.</summary>
    public (double Low, double High)? Bounds(AttributeFigures figures) =>
        ((PreparedClassGaps)figures.Prepared).Bounds(figures, rates);

    public override PreparedStatistic Prepare(Frame frame, int attribute, bool[] counted) => new PreparedClassGaps(
        frame,
        Kind == PredictionKind.Multiclass ? MulticlassStatistic.Instance : MultiLabelStatistic.Instance,
        attribute,
        counted);
}
