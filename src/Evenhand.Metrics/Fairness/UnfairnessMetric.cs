using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>One of the unfairness measures of rating prediction by Yao and Huang.</summary>
/// <param name="card">What it computes.</param>
/// <param name="figure">Which figure of <see cref="PreparedUnfairness"/>.</param>
internal sealed class UnfairnessMetric(FormulaCard card, int figure)
    : AttributeMetric(PredictionKind.Rating, card, BoundsCards.Discrepancy, figure)
{
    internal override bool IsDiscrepancy => true;

    public override bool NeedsItems => Figure != PreparedUnfairness.NonParity;

    public override PreparedStatistic Prepare(Frame frame, int attribute, bool[] counted)
    {
        var groups = frame.Populations.Attributes[attribute];
        return groups.GroupsOfCode is null
            ? new PreparedUnfairness(frame, groups, counted)
            : throw new ArgumentException($"Metric '{Name}' compares a group with all others, and the groups of "
                + $"'{groups.Attribute}' overlap.");
    }
}
