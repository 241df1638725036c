namespace Evenhand.Metrics;

/// <summary>A figure with its bootstrap bounds.</summary>
/// <param name="Value">The figure on the data as they are; NaN where it is undefined (a true positive rate without
/// positives, a difference with fewer than two groups).</param>
/// <param name="Low">Lower bound, never above the value; NaN where no bounds were asked for or they are
/// undefined.</param>
/// <param name="High">Upper bound, never below the value; NaN where no bounds were asked for or they are
/// undefined.</param>
public readonly record struct MetricValue(double Value, double Low, double High);
