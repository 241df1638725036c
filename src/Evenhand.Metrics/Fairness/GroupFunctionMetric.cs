using Evenhand.Metrics.Bounds;

namespace Evenhand.Metrics.Fairness;

/// <summary>Another function of the groups' values of one or more metrics, whose figures of every resample are
/// kept.</summary>
/// <param name="card">What it computes.</param>
/// <param name="value">The function of <see cref="GroupValuesMetric.Value"/>.</param>
/// <param name="requires">The metrics.</param>
internal sealed class GroupFunctionMetric(
    FormulaCard card, Func<IReadOnlyList<double[]>, double> value, params Metric[] requires)
    : GroupValuesMetric(
        requires[0].Kind,
        card,
        IsLargerByChance(card) ? BoundsCards.Discrepancy : BoundsCards.Of(new FigureRange(card.Low, card.High)),
        requires)
{
    internal override bool IsDiscrepancy => IsLargerByChance(Card);

    public override double Value(IReadOnlyList<double[]> values) => value(values);

    private static bool IsLargerByChance(FormulaCard card) => card is { Direction: MetricDirection.Minimize, Low: 0 };
}
