using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>How the complete trials of a study stand on the validation part: their order, the Pareto front, the most
/// accurate and the fairest one.</summary>
/// <param name="Ranked">Trials with a value of the objective, best first.</param>
/// <param name="Undefined">Complete trials of which the objective has no value: they have no rank.</param>
/// <param name="ParetoFront">Numbers of the trials on the front of accuracy against every gap of the objective. Trials
/// whose predictions are constant are not among them: they have no gap to show for.</param>
/// <param name="MostAccurate">The trial with the best accuracy figure, whatever its gaps.</param>
/// <param name="Fairest">The feasible trial with the smallest first gap of the objective, the more accurate one of
/// equals; never one whose predictions are constant. Null where there is no gap, or no such trial.</param>
/// <param name="Feasible">Whether any trial is feasible.</param>
internal sealed record Standing(
    IReadOnlyList<FinishedTrial> Ranked,
    IReadOnlyList<FinishedTrial> Undefined,
    IReadOnlySet<int> ParetoFront,
    FinishedTrial? MostAccurate,
    FinishedTrial? Fairest,
    bool Feasible)
{
    public static Standing Of(ExperimentPlan plan, IReadOnlyList<FinishedTrial> trials)
    {
        var facts = plan.ObjectiveFacts;
        var order = Order(plan.Objective, trials);
        FinishedTrial[] ranked =
        [
            .. order.Where(r => r.Standing is TrialStanding.Feasible or TrialStanding.Infeasible).Select(r => r.Trial),
        ];
        FinishedTrial[] undefined = [.. order.Where(r => r.Standing == TrialStanding.Undefined).Select(r => r.Trial)];
        var feasible = order.Where(r => r.Standing == TrialStanding.Feasible).Select(r => r.Trial).ToArray();

        var candidates = (feasible.Length > 0 ? feasible : ranked).Where(trial => !IsConstant(trial)).ToArray();
        var members = Evenhand.Tuning.Objectives.ParetoFront.Members([.. candidates.Select(t => Losses(facts, t))]);
        var front = candidates.Index().Where(c => members[c.Index]).Select(c => c.Item.Number).ToHashSet();

        var mostAccurate = ranked.Concat(undefined)
            .Where(t => !double.IsNaN(Losses(facts, t)[0]))
            .MinBy(t => (Losses(facts, t)[0], t.Number));
        var fairest = facts.Gaps is [var gap, ..] ? FairestBy(gap.ToString()) : null;
        return new Standing(ranked, undefined, front, mostAccurate, fairest, feasible.Length > 0);

        FinishedTrial? FairestBy(string gap) => feasible
            .Where(t => !IsConstant(t) && !double.IsNaN(Loss(facts, t, gap)))
            .MinBy(t => (Loss(facts, t, gap), Losses(facts, t)[0], t.Number));
    }

    /// <summary>Whether the model of a trial predicts the same for every row of the validation part.</summary>
    public static bool IsConstant(FinishedTrial trial) => EvaluationFigures.IsConstant(trial.Measures);

    /// <summary>A figure of a trial, less being better; NaN where it is undefined.</summary>
    public static double Loss(ObjectiveFacts facts, FinishedTrial trial, string measure) =>
        facts.Maximizes(measure) ? -trial.Measure(measure) : trial.Measure(measure);

    /// <summary>
    /// The trials whose models are kept and whose test figures are computed: the best, the most accurate, and the best
    /// members of the Pareto front, at most <paramref name="count"/> in all. Of equal configurations one is enough, and
    /// those whose predictions are constant fill no places.
    /// </summary>
    public IReadOnlyList<int> Finalists(int count)
    {
        IEnumerable<FinishedTrial> finalists =
        [
            .. Ranked.Take(1),
            .. MostAccurate is null ? Array.Empty<FinishedTrial>() : [MostAccurate],
            .. Ranked.Where(t => ParetoFront.Contains(t.Number)),
            .. Ranked.Where(t => !IsConstant(t)),
            .. Undefined,
        ];
        return [.. finalists.DistinctBy(t => t.Parameters).Select(t => t.Number).Take(Math.Max(count, 2))];
    }

    // A front is made of varied predictions alone; the others stand behind it. A single value ranks all alike.
    private static IReadOnlyList<RankedTrial> Order(Objective objective, IReadOnlyList<FinishedTrial> trials)
    {
        if (objective.MaximizesValue is not null)
        {
            return objective.Rank(trials);
        }

        var constant = trials.ToLookup(IsConstant);
        return
        [
            .. objective.Rank([.. constant[false]]).Concat(objective.Rank([.. constant[true]]))
                .OrderBy(r => r.Standing),
        ];
    }

    private static double[] Losses(ObjectiveFacts facts, FinishedTrial trial) =>
        [Loss(facts, trial, facts.Accuracy), .. facts.Fairness.Select(name => Loss(facts, trial, name))];
}
