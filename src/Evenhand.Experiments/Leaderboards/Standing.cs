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
        var ranked = plan.Objective.Rank(trials).Where(r => r.Standing != TrialStanding.Failed).ToArray();
        var complete = Array.ConvertAll(ranked, r => r.Trial);

        var feasible = ranked.Where(r => r.Standing == TrialStanding.Feasible).Select(r => r.Trial).ToArray();
        var candidates = feasible.Length > 0 ? feasible : complete;
        var members = Tuning.ParetoFront.Members([.. candidates.Select(t => Losses(plan.ObjectiveFacts, t))]);
        var front = candidates.Index().Where(c => members[c.Index]).Select(c => c.Item.Number).ToHashSet();

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
        finalists.AddRange(Ranked.Select(t => t.Number));
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
