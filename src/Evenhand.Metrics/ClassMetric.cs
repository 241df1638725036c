using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics;

/// <summary>A function of the figures of a population by class.</summary>
internal delegate double ClassFunction(ClassSums sums);

/// <summary>A metric of decisions among several classes, or of sets of labels.</summary>
/// <param name="kind">Whether a row has one class or any number of labels.</param>
/// <param name="card">What it computes.</param>
/// <param name="needsProbabilities">Whether it reads probabilities.</param>
/// <param name="value">The function; NaN where the metric is undefined.</param>
internal sealed class ClassMetric(
    PredictionKind kind, FormulaCard card, bool needsProbabilities, ClassFunction value) : Metric(kind, card)
{
    public override bool NeedsScores => needsProbabilities;

    internal override Statistic Statistic =>
        Kind == PredictionKind.Multiclass ? MulticlassStatistic.Instance : MultiLabelStatistic.Instance;

    internal override double Value(ReadOnlySpan<double> sums) => value(new ClassSums(sums));
}
