using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Fairness;

/// <summary>A fairness metric whose bounds come from those of the groups.</summary>
internal abstract class GroupComparisonMetric(
    PredictionKind kind, FormulaCard card, string bounds, params Metric[] requires)
    : GroupValuesMetric(kind, card, bounds, requires)
{
    /// <summary>Bounds of the figure.</summary>
    /// <param name="groups">For each of <see cref="FairnessMetric.Requires"/> the groups in which it is defined; all
    /// have bounds.</param>
    public abstract (double Low, double High) Bounds(IReadOnlyList<GroupEstimates> groups);
}
