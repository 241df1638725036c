using Evenhand.Configuration;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>Stands for a metric of an assembly that is not loaded, so that figures of it can be read.</summary>
/// <param name="kind">What it is a metric of.</param>
/// <param name="card">What is known of it.</param>
public sealed class UnavailableMetric(PredictionKind kind, FormulaCard card) : Metric(kind, card)
{
    internal override Statistic Statistic => ErrorStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums) =>
        throw new InputException($"The metric '{Name}' comes from an assembly that is not loaded.");
}
