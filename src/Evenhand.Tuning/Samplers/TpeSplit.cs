namespace Evenhand.Tuning;

/// <summary>Which finished trials a proposal should be like, and which not.</summary>
/// <param name="Good">Trials to be like, best first.</param>
/// <param name="Bad">All others with a result, and those that failed: where trials fail is no place to go.</param>
internal sealed record TpeSplit(IReadOnlyList<FinishedTrial> Good, IReadOnlyList<FinishedTrial> Bad)
{
    /// <summary>How many of the trials have all measures that the objective reads.</summary>
    public static int CountDefined(TrialKey[] keys) => keys.Count(key => key.IsDefined);

    /// <summary>The best by the order of the objective (feasible before infeasible, these by violation) count as good; with
    /// several objectives the best fronts, the last of them thinned out to the trials that cover most volume together.</summary>
    /// <remarks>ceil(sqrt(n) / 4) trials are good, at most <paramref name="mostGood"/> (Bergstra et al. 2013, Hyperopt). Several
    /// objectives after Ozaki et al. 2020, Multiobjective TPE.</remarks>
    public static TpeSplit Of(IReadOnlyList<FinishedTrial> trials, TrialKey[] keys, int mostGood)
    {
        var count = Math.Min((int)Math.Ceiling(0.25 * Math.Sqrt(CountDefined(keys))), mostGood);
        var order = new int[keys.Length];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        Array.Sort(order, (a, b) => keys[a].CompareTo(keys[b]));
        var feasible = order.TakeWhile(index => keys[index].Standing == TrialStanding.Feasible).ToArray();
        var good = feasible.Length > count && keys[feasible[0]].Losses.Length > 1
            ? BestFronts(feasible, keys, count)
            : order[..count];
        var chosen = good.ToHashSet();
        return new TpeSplit(
            [.. good.Select(index => trials[index])],
            [.. order.Where(index => !chosen.Contains(index)).Select(index => trials[index])]);
    }

    private static int[] BestFronts(int[] feasible, TrialKey[] keys, int count)
    {
        var losses = feasible.Select(index => keys[index].Losses).ToArray();
        var chosen = new List<int>(count);
        foreach (var front in ParetoFront.Fronts(losses))
        {
            var room = count - chosen.Count;
            if (front.Length > room)
            {
                chosen.AddRange(HypervolumeSubset.Choose(front.Select(index => losses[index]).ToArray(), room)
                    .Select(member => feasible[front[member]]));
                break;
            }

            chosen.AddRange(front.Select(index => feasible[index]));
            if (chosen.Count == count)
            {
                break;
            }
        }

        return [.. chosen];
    }
}
