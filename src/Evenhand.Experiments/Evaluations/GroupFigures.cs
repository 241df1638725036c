using Evenhand.Metrics;

namespace Evenhand.Experiments.Evaluations;

/// <summary>The figures of one group. In JSON the metrics stand beside <c>count</c>, the bounds under
/// <c>bounds</c>.</summary>
/// <param name="Count">Rows (or users, for rankings) in the group.</param>
/// <param name="BelowMinimum">Whether the group is too small to count in gaps.</param>
/// <param name="Values">Metric name to value and bounds.</param>
public sealed record GroupFigures(int Count, bool BelowMinimum, IReadOnlyDictionary<string, MetricValue> Values);
