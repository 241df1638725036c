namespace Evenhand.Tuning.Objectives;

/// <summary>The best accuracy among the trials that keep every limit. Best means best feasible.</summary>
public sealed class ConstrainedObjective : Objective
{
    private readonly MeasureLimit[] _limits;

    /// <summary>An objective of one accuracy measure under limits.</summary>
    /// <param name="accuracy">The measure that is optimized.</param>
    /// <param name="limits">The limits, at least one.</param>
    /// <exception cref="ArgumentException">There is no limit.</exception>
    public ConstrainedObjective(MeasureGoal accuracy, params IEnumerable<MeasureLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        ArgumentNullException.ThrowIfNull(limits);
        (Accuracy, _limits) = (accuracy, [.. limits]);
        if (_limits.Length == 0)
        {
            throw new ArgumentException("A constrained objective needs at least one limit.", nameof(limits));
        }

        Measures = [.. _limits.Select(limit => limit.Measure).Prepend(accuracy.Measure).Distinct(
            StringComparer.Ordinal)];
        Goals = [accuracy, .. _limits
            .Where(limit => limit.Measure != accuracy.Measure)
            .DistinctBy(limit => limit.Measure, StringComparer.Ordinal)
            .Select(limit => new MeasureGoal(limit.Measure, limit.IsLowerLimit))];
    }

    /// <summary>The measure that is optimized.</summary>
    public MeasureGoal Accuracy { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<MeasureLimit> Limits => _limits;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<MeasureGoal> Goals { get; }

    /// <inheritdoc/>
    public override bool? MaximizesValue => Accuracy.Maximize;

    /// <inheritdoc/>
    protected override double[] Losses(IReadOnlyDictionary<string, double> measures) => [Accuracy.Loss(measures)];

    /// <summary>The sum of what each limit is missed by, each on its scale.</summary>
    /// <param name="measures">By name.</param>
    protected override double Violation(IReadOnlyDictionary<string, double> measures) =>
        MeasureLimits.Violation(_limits, measures);

    /// <inheritdoc/>
    protected override double? Value(IReadOnlyDictionary<string, double> measures)
    {
        var value = measures.GetValueOrDefault(Accuracy.Measure, double.NaN);
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>The objective in words, as <c>rmse subject to rmse-difference &lt;= 0.05</c>.</summary>
    public override string ToString() =>
        $"{Accuracy.Measure} subject to {string.Join(" and ", _limits.AsEnumerable())}";
}
