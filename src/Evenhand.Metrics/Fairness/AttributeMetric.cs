using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>A fairness metric that is measured on the rows themselves, over one attribute.</summary>
/// <param name="kind">What it is a metric of.</param>
/// <param name="card">What it computes.</param>
/// <param name="figure">Which figure of what <see cref="Prepare"/> measures.</param>
internal abstract class AttributeMetric(PredictionKind kind, FormulaCard card, int figure) : FairnessMetric(kind, card)
{
    /// <summary>Which figure of what <see cref="Prepare"/> measures. Metrics of one type share all figures.</summary>
    public int Figure => figure;

    /// <summary>Arranges the rows for one attribute.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="counted">Whether each of its groups has at least the minimum size.</param>
    /// <exception cref="ArgumentException">The data lack what the metric needs.</exception>
    public abstract PreparedStatistic Prepare(Frame frame, GroupCodes attribute, bool[] counted);
}
