using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Objectives;

/// <summary>What makes one trial better than another, said in terms of the measures of finished trials.</summary>
/// <remarks>The order is total: feasible trials by loss; then infeasible ones by violation, then loss; then those with
/// an undefined measure; then pruned ones; then failed ones. Ties go to the smaller trial number.</remarks>
public abstract class Objective
{
    /// <summary>Names of the measures that the objective reads.</summary>
    public abstract IReadOnlyList<string> Measures { get; }

    /// <summary>The measures traded off against each other: the axes of the Pareto front.</summary>
    public abstract IReadOnlyList<MeasureGoal> Goals { get; }

    /// <summary>Limits that a feasible trial keeps.</summary>
    /// <value>none</value>
    public virtual IReadOnlyList<MeasureLimit> Limits => [];

    /// <summary>Whether more of <see cref="Value(FinishedTrial)"/> is better; null when there is no single
    /// value.</summary>
    public abstract bool? MaximizesValue { get; }

    /// <summary>One loss for each objective, less is better; NaN where a measure is missing or undefined.</summary>
    /// <param name="trial">A finished trial.</param>
    public double[] Losses(FinishedTrial trial) =>
        Losses((trial ?? throw new ArgumentNullException(nameof(trial))).Measures);

    /// <summary>One loss for each objective, less is better; NaN where a measure is missing or undefined.</summary>
    /// <param name="report">A report of a trial.</param>
    public double[] Losses(TrialReport report) =>
        Losses((report ?? throw new ArgumentNullException(nameof(report))).Measures);

    /// <summary>By how much limits are missed: 0 when all are kept, NaN where a measure is missing or
    /// undefined.</summary>
    /// <param name="trial">A finished trial.</param>
    public double Violation(FinishedTrial trial) =>
        Violation((trial ?? throw new ArgumentNullException(nameof(trial))).Measures);

    /// <summary>By how much limits are missed: 0 when all are kept, NaN where a measure is missing or
    /// undefined.</summary>
    /// <param name="report">A report of a trial.</param>
    public double Violation(TrialReport report) =>
        Violation((report ?? throw new ArgumentNullException(nameof(report))).Measures);

    /// <summary>The single value shown for a trial; null when there is none: several objectives, a failed or pruned
    /// trial, an undefined measure.</summary>
    /// <param name="trial">A finished trial.</param>
    public double? Value(FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.State == TrialState.Complete ? Value(trial.Measures) : null;
    }

    /// <summary>The class that decides first about the order.</summary>
    /// <param name="trial">A finished trial.</param>
    public TrialStanding Standing(FinishedTrial trial) => Key(trial).Standing;

    /// <summary>Negative when the first trial is better, positive when the second is; zero only for the same
    /// number.</summary>
    /// <param name="first">A finished trial.</param>
    /// <param name="second">Another one of the same study.</param>
    /// <remarks>With several objectives the first one decides, then the next: an order that agrees with dominance.
    /// <see cref="Rank"/> orders by front first.</remarks>
    public int Compare(FinishedTrial first, FinishedTrial second) => Key(first).CompareTo(Key(second));

    /// <summary>The best feasible trial; null when none is feasible.</summary>
    /// <param name="trials">Finished trials of one study.</param>
    public FinishedTrial? Best(IEnumerable<FinishedTrial> trials) => First(trials, TrialStanding.Feasible);

    /// <summary>The infeasible trial that misses the limits by least; null when none is infeasible. Not a best trial:
    /// say so where it is shown.</summary>
    /// <param name="trials">Finished trials of one study.</param>
    public FinishedTrial? LeastInfeasible(IEnumerable<FinishedTrial> trials) => First(trials, TrialStanding.Infeasible);

    /// <summary>All trials from best to worst.</summary>
    /// <param name="trials">Finished trials of one study, in any order.</param>
    public IReadOnlyList<RankedTrial> Rank(IReadOnlyList<FinishedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var keys = KeysOf(trials);
        var members = ParetoMembers(trials);
        var order = new int[trials.Count];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        var fronts = FrontsOf(keys);
        Array.Sort(order, (a, b) =>
        {
            var byClass = keys[a].Standing.CompareTo(keys[b].Standing);
            var byFront = byClass != 0 ? byClass : fronts[a].CompareTo(fronts[b]);
            return byFront != 0 ? byFront : keys[a].CompareTo(keys[b]);
        });
        return [.. order.Select((index, place) =>
            new RankedTrial(trials[index], place + 1, keys[index].Standing, members[index]))];
    }

    /// <summary>Which trials are on the Pareto front of <see cref="Goals"/>: no other trial is as good in every goal
    /// and better in one.</summary>
    /// <param name="trials">Finished trials of one study, in any order.</param>
    /// <returns>One answer a trial. Trials that failed, were pruned or lack a measure are never members. Limits play no
    /// part: where a limit is on a goal, the front shows what keeping it costs.</returns>
    public virtual bool[] ParetoMembers(IReadOnlyList<FinishedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return ParetoFront.Members([.. trials.Select(trial => Key(trial).IsDefined ? GoalLosses(trial.Measures)
            : [double.NaN])]);
    }

    /// <summary>Keys in the order of the trials.</summary>
    internal TrialKey[] KeysOf(IReadOnlyList<FinishedTrial> trials)
    {
        var keys = new TrialKey[trials.Count];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = Key(trials[index]);
        }

        return keys;
    }

    internal TrialKey Key(FinishedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.State != TrialState.Complete)
        {
            var ended = trial.State == TrialState.Pruned ? TrialStanding.Pruned : TrialStanding.Failed;
            return new TrialKey(ended, double.NaN, [], trial.Number);
        }

        var violation = Violation(trial);
        var losses = Losses(trial);
        var standing = !double.IsFinite(violation)
            || !Array.TrueForAll(losses, double.IsFinite) ? TrialStanding.Undefined
            : violation > 0 ? TrialStanding.Infeasible
            : TrialStanding.Feasible;
        return new TrialKey(standing, violation, losses, trial.Number);
    }

    /// <summary>One loss for each objective; NaN where a measure is missing or undefined.</summary>
    /// <param name="measures">By name.</param>
    protected abstract double[] Losses(IReadOnlyDictionary<string, double> measures);

    /// <summary>By how much limits are missed; NaN where a measure is missing or undefined.</summary>
    /// <param name="measures">By name.</param>
    protected virtual double Violation(IReadOnlyDictionary<string, double> measures) => 0;

    /// <summary>The single value; null when there is none.</summary>
    /// <param name="measures">By name.</param>
    protected abstract double? Value(IReadOnlyDictionary<string, double> measures);

    /// <summary>A loss for each goal.</summary>
    private protected double[] GoalLosses(IReadOnlyDictionary<string, double> measures) =>
        [.. Goals.Select(goal => goal.Loss(measures))];

    // With one objective all trials of a class are on one front: the keys alone decide.
    private static int[] FrontsOf(TrialKey[] keys)
    {
        var feasible = keys.Select(key => key.Standing == TrialStanding.Feasible).ToArray();
        var several = keys.Any(key => key.Losses.Length > 1);
        return several
            ? ParetoFront.Ranks([.. keys.Select((key, index) => feasible[index] ? key.Losses : [double.NaN])])
            : new int[keys.Length];
    }

    private FinishedTrial? First(IEnumerable<FinishedTrial> trials, TrialStanding standing)
    {
        ArgumentNullException.ThrowIfNull(trials);
        FinishedTrial? first = null;
        TrialKey? firstKey = null;
        foreach (var trial in trials)
        {
            var key = Key(trial);
            if (key.Standing == standing && (firstKey is null || key.CompareTo(firstKey) < 0))
            {
                (first, firstKey) = (trial, key);
            }
        }

        return first;
    }
}
