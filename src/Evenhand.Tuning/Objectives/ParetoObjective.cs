using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Objectives;

/// <summary>Several goals at once: what counts is the Pareto front, and there is no single value.</summary>
/// <remarks><see cref="Objective.Best"/> is the member of the front that is best in the first goal, ties decided by
/// the next. <see cref="Objective.Rank"/> orders by front, then in the same way.</remarks>
public sealed class ParetoObjective : Objective
{
    private readonly MeasureGoal[] _goals;
    private readonly MeasureLimit[] _limits;

    /// <summary>An objective of several goals.</summary>
    /// <param name="goals">At least two.</param>
    /// <param name="limits">Limits that a feasible trial keeps; may be empty.</param>
    /// <exception cref="ArgumentException">There are fewer than two goals, or a measure is there twice.</exception>
    public ParetoObjective(IEnumerable<MeasureGoal> goals, params IEnumerable<MeasureLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(goals);
        ArgumentNullException.ThrowIfNull(limits);
        (_goals, _limits) = ([.. goals], [.. limits]);
        if (_goals.Length < 2)
        {
            throw new ArgumentException("A Pareto objective needs at least two goals.", nameof(goals));
        }

        var names = _goals.Select(goal => goal.Measure).ToArray();
        MeasureNames.CheckDistinct(names);
        Measures = [.. names.Concat(_limits.Select(limit => limit.Measure)).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<MeasureLimit> Limits => _limits;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Measures { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<MeasureGoal> Goals => _goals;

    /// <inheritdoc/>
    public override bool? MaximizesValue => null;

    /// <inheritdoc/>
    protected override double[] Losses(IReadOnlyDictionary<string, double> measures) => GoalLosses(measures);

    /// <inheritdoc/>
    protected override double Violation(IReadOnlyDictionary<string, double> measures) =>
        MeasureLimits.Violation(_limits, measures);

    /// <inheritdoc/>
    protected override double? Value(IReadOnlyDictionary<string, double> measures) => null;

    /// <summary>Which feasible trials no other feasible trial dominates.</summary>
    /// <param name="trials">Finished trials of one study, in any order.</param>
    public override bool[] ParetoMembers(IReadOnlyList<FinishedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return ParetoFront.Members([.. KeysOf(trials)
            .Select(key => key.Standing == TrialStanding.Feasible ? key.Losses : [double.NaN])]);
    }

    /// <summary>The goals in words, as <c>ndcg@10 and exposure-difference</c>.</summary>
    public override string ToString() => string.Join(" and ", _goals.Select(goal => goal.Measure))
        + (_limits.Length == 0 ? "" : $" subject to {string.Join(" and ", _limits.AsEnumerable())}");
}
