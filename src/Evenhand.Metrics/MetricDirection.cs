namespace Evenhand.Metrics;

/// <summary>Which way a metric gets better. It belongs to the metric, never to the caller.</summary>
public enum MetricDirection
{
    /// <summary>Smaller is better.</summary>
    Minimize,

    /// <summary>Larger is better.</summary>
    Maximize,
}
