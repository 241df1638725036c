using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>A fairness metric that needs more than the groups' values of other metrics: it is measured of an attribute
/// as a whole, on the same resamples.</summary>
/// <param name="kind">What it is a metric of.</param>
/// <param name="card">What it computes.</param>
/// <param name="bounds">How its bounds are made.</param>
/// <param name="figure">Which figure of what <see cref="Prepare"/> makes.</param>
internal abstract class AttributeMetric(PredictionKind kind, FormulaCard card, string bounds, int figure)
    : FairnessMetric(kind, card, bounds)
{
    /// <summary>Which figure of what <see cref="Prepare"/> makes. Metrics of one type share all figures.</summary>
    public int Figure => figure;

    /// <summary>The metric.</summary>
    /// <param name="prepared">What has measured the figures.</param>
    /// <param name="figures">The figures.</param>
    public virtual double Value(PreparedStatistic prepared, ReadOnlySpan<double> figures) => figures[Figure];

    /// <summary>Arranges the rows so that the figures of many resamples come cheap.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="attribute">Number of the attribute.</param>
    /// <param name="counted">Whether each of its groups counts.</param>
    /// <exception cref="ArgumentException">The data lack what the metric needs.</exception>
    public abstract PreparedStatistic Prepare(Frame frame, int attribute, bool[] counted);
}
