namespace Evenhand.Metrics;

/// <summary>Name of a figure of a model: a metric of all rows, or a fairness metric over the groups of an
/// attribute.</summary>
/// <remarks>It is put together where metric and attribute are known and never taken apart again: in stores, reports and
/// objectives of the tuner it is the text that <see cref="ToString"/> gives.</remarks>
/// <param name="Metric">Name of the metric, such as <c>rmse</c> or <c>ndcg@10-difference</c>.</param>
/// <param name="Attribute">Name of the attribute whose groups are compared; null: the figure is of all rows.</param>
public sealed record MeasureName(string Metric, string? Attribute = null)
{
    /// <summary>Such as <c>rmse</c> or <c>rmse-difference(gender)</c>.</summary>
    public override string ToString() => Attribute is null ? Metric : $"{Metric}({Attribute})";
}
