using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>The largest difference between groups that any class has.</summary>
/// <param name="kind">Whether a row has one class or any number of labels.</param>
/// <param name="card">What it computes.</param>
/// <param name="figure">Which figure of <see cref="PreparedClassGaps"/>.</param>
internal sealed class ClassGapMetric(PredictionKind kind, FormulaCard card, int figure)
    : AttributeMetric(kind, card, figure)
{
    public override PreparedStatistic Prepare(Frame frame, int attribute, bool[] counted) => new PreparedClassGaps(
        frame,
        Kind == PredictionKind.Multiclass ? MulticlassStatistic.Instance : MultiLabelStatistic.Instance,
        attribute,
        counted);
}
