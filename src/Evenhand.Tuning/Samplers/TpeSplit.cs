using Evenhand.Tuning.Objectives;

namespace Evenhand.Tuning.Samplers;

/// <summary>Which finished trials a proposal should be like, and which not.</summary>
/// <param name="Good">Positions of the trials to be like, best first.</param>
/// <param name="Weights">How much each of them counts, 1 on average.</param>
/// <param name="Bad">Positions of all others; failed trials are among them: where trials fail is no place to
/// go.</param>
internal sealed record TpeSplit(IReadOnlyList<int> Good, IReadOnlyList<double> Weights, IReadOnlyList<int> Bad)
{
    // One trial in five is good; measured against 1/10, 3/20 and square roots of the number with `bench tuning`.
    private const double GoodShare = 0.2;

    // Share of the weight that all good trials have in equal parts, so that none is lost when one is far ahead.
    private const double EqualShare = 0.1;

    /// <summary>The best by the order of the objective (feasible before infeasible, these by violation) count as good;
    /// with several objectives the best fronts, the last of them thinned out to the trials that cover most volume
    /// together.</summary>
    /// <remarks>Pruned trials are known to be worse than others: they count among those of which one in five is good,
    /// and are bad. What they reported last is not compared with what others came to at their end. Several objectives
    /// after Ozaki et al. 2020, Multiobjective tree-structured Parzen estimator.</remarks>
    public static TpeSplit Of(TrialKey[] keys, TpeOptions options)
    {
        var defined = keys.Count(key => key.IsDefined);
        var known = defined + keys.Count(key => key.Standing == TrialStanding.Pruned);
        var count = Math.Min(Math.Min((int)Math.Ceiling(GoodShare * known), options.MostGood), defined);
        var order = new int[keys.Length];
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        Array.Sort(order, (a, b) => keys[a].CompareTo(keys[b]));
        var feasible = order.TakeWhile(index => keys[index].Standing == TrialStanding.Feasible).ToArray();
        var single = keys[order[0]].Losses.Length == 1;
        var good = single || feasible.Length <= count ? order[..count] : BestFronts(feasible, keys, count);
        var weights = single ? Improvements([.. order.Take(count + 1).Select(index => keys[index])]) : null;
        var chosen = good.ToHashSet();
        return new TpeSplit(
            good,
            weights ?? [.. Enumerable.Repeat(1d, count)],
            [.. order.Where(index => !chosen.Contains(index))]);
    }

    // By how much each trial is better than the last one, in loss or, while none is feasible, in violation. Null when
    // the trials are of several classes or all are equal.
    private static double[]? Improvements(TrialKey[] keys)
    {
        var last = keys[^1];
        if (keys.Length < 2 || keys[0].Standing != last.Standing)
        {
            return null;
        }

        double Merit(TrialKey key) => key.Standing == TrialStanding.Feasible ? key.Losses[0] : key.Violation;
        var gains = keys[..^1].Select(key => Merit(last) - Merit(key)).ToArray();
        var mean = gains.Average();
        return mean > 0 && double.IsFinite(mean)
            ? [.. gains.Select(gain => EqualShare + ((1 - EqualShare) * gain / mean))]
            : null;
    }

    private static int[] BestFronts(int[] feasible, TrialKey[] keys, int count)
    {
        var losses = feasible.Select(index => keys[index].Losses).ToArray();
        var chosen = new List<int>(count);
        foreach (var front in ParetoFront.Fronts(losses))
        {
            var room = count - chosen.Count;
            var members = front.Length <= room
                ? front
                : HypervolumeSubset.Choose([.. front.Select(index => losses[index])], room).Select(member =>
                    front[member]);
            chosen.AddRange(members.Select(index => feasible[index]));
            if (chosen.Count == count)
            {
                break;
            }
        }

        return [.. chosen];
    }
}
