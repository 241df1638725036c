using Evenhand.Metrics;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Extensions;

/// <summary>What a study keeps of a metric that an extension added.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its name in prose.</param>
/// <param name="Kind">What it is a metric of.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Low">Smallest possible value; null where there is none.</param>
/// <param name="High">Largest possible value; null where there is none.</param>
public sealed record RecordedMetric(
    string Name, string Title, PredictionKind Kind, MetricDirection Direction, double? Low, double? High)
{
    internal static RecordedMetric Of(Metric metric) => new(
        metric.Name,
        metric.Card.Title,
        metric.Kind,
        metric.Direction,
        double.IsFinite(metric.Low) ? metric.Low : null,
        double.IsFinite(metric.High) ? metric.High : null);

    internal Metric ToMetric() => new UnavailableMetric(Kind, new FormulaCard
    {
        Name = Name,
        Title = Title,
        Formula = "",
        Low = Low ?? double.NegativeInfinity,
        High = High ?? double.PositiveInfinity,
        Direction = Direction,
        Aggregation = "",
        Source = "",
    });
}
