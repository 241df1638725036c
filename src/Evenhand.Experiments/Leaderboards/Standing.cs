using Evenhand.Tuning;

namespace Evenhand.Experiments;

/// <summary>How the complete trials of a study stand: their order, the Pareto front, the most accurate one.</summary>
/// <param name="Ranked">Complete trials, best first.</param>
/// <param name="ParetoFront">Numbers of the trials on the front of accuracy against every gap of the objective.</param>
/// <param name="MostAccurate">The trial with the best accuracy figure, whatever its gaps.</param>
/// <param name="Feasible">Whether any trial is feasible.</param>
internal sealed record Standing(
    IReadOnlyList<FinishedTrial> Ranked,
    IReadOnlySet<int> ParetoFront,
    FinishedTrial? MostAccurate,
    bool Feasible)
{
    public static Standing Of(StudyPlan plan, IReadOnlyList<FinishedTrial> trials)
    {
        var complete = trials.Where(t => t.State == TrialState.Complete).ToArray();
        Array.Sort(complete, plan.Objective.Compare);

        var feasible = complete.Where(t => plan.Objective.Violation(t) == 0).ToArray();
        var candidates = feasible.Length > 0 ? feasible : complete;
        var losses = candidates.Select(t => Losses(plan.ObjectiveFacts, t)).ToArray();
        var defined = losses.Index().Where(l => !l.Item.Any(double.IsNaN)).Select(l => l.Index).ToArray();
        var members = Tuning.ParetoFront.Members(defined.Select(i => losses[i]).ToArray());
        var front = defined.Index().Where(d => members[d.Index]).Select(d => candidates[d.Item].Number).ToHashSet();

        var mostAccurate = complete
            .Where(t => !double.IsNaN(Losses(plan.ObjectiveFacts, t)[0]))
            .MinBy(t => (Losses(plan.ObjectiveFacts, t)[0], t.Number));
        return new Standing(complete, front, mostAccurate, feasible.Length > 0);
    }

    /// <summary>
    /// The trials whose models are kept and whose test figures are computed: the best, the most accurate, and the best
    /// members of the Pareto front, at most <paramref name="count"/> in all.
    /// </summary>
    public IReadOnlyList<int> Finalists(int count)
    {
        var finalists = new List<int>();
        if (Ranked.Count > 0)
        {
            finalists.Add(Ranked[0].Number);
        }

        if (MostAccurate is not null)
        {
            finalists.Add(MostAccurate.Number);
        }

        finalists.AddRange(Ranked.Select(t => t.Number).Where(ParetoFront.Contains));
        return [.. finalists.Distinct().Take(Math.Max(count, 2))];
    }

    private static double[] Losses(ObjectiveFacts facts, FinishedTrial trial) =>
    [
        Loss(trial, facts.Accuracy, facts.AccuracyMaximize),
        .. facts.Fairness.Select(name => Loss(trial, name, facts.FairnessMaximize.Contains(name))),
    ];

    private static double Loss(FinishedTrial trial, string measure, bool maximize)
    {
        var value = trial.Measures.GetValueOrDefault(measure, double.NaN);
        return maximize ? -value : value;
    }
}
