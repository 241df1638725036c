namespace Evenhand.Metrics.Fairness;

/// <summary>A function of the groups' values of one or more metrics.</summary>
/// <param name="card">What it computes.</param>
/// <param name="value">The function of <see cref="GroupValuesMetric.Value"/>.</param>
/// <param name="requires">The metrics.</param>
internal sealed class GroupFunctionMetric(
    FormulaCard card, Func<IReadOnlyList<double[]>, double> value, params Metric[] requires)
    : GroupValuesMetric(requires[0].Kind, card, requires)
{
    public override double Value(IReadOnlyList<double[]> values) => value(values);
}
