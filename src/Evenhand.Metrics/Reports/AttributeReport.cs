using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Reports;

/// <summary>All groups of one attribute.</summary>
/// <param name="Attribute">Name of the attribute.</param>
/// <param name="Groups">One result for each group, in the order of the codes, groups without rows included.</param>
public sealed record AttributeReport(string Attribute, IReadOnlyList<GroupResult> Groups)
{
    /// <summary>Whether its groups are groups of items: then they have the figures of metrics of items, else those of
    /// all others.</summary>
    /// <value>False.</value>
    public bool OfItems { get; init; }
}

/// <summary>The figures of one group.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Count">Number of its rows (for rankings: users with relevant items), whatever their weights; of a group
/// of items the number of items.</param>
/// <param name="BelowMinimum">Whether there are fewer than <see cref="GroupReportOptions.MinimumGroupSize"/>; such a
/// group is left out of differences, ratios and worst groups.</param>
/// <param name="Values">Metric name to figure.</param>
public sealed record GroupResult(
    string Group, int Count, bool BelowMinimum, IReadOnlyDictionary<string, MetricValue> Values);
