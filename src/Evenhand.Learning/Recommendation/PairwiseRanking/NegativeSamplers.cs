using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Mitigations.In.GroupNegativeSampling;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>The samplers of one column of items: one for all of them and, under a mitigation, one for each
/// group.</summary>
internal sealed class NegativeSamplers
{
    private readonly NegativeSampler _all;
    private readonly WithinGroups? _within;
    private readonly NegativeSampler?[] _ofGroup = [];

    /// <param name="items">The items of the column; not empty.</param>
    /// <param name="weights">Weight of each item by its number; null where all are alike.</param>
    /// <param name="within">How often a choice is compared within its group; null for never on purpose.</param>
    public NegativeSamplers(int[] items, double[]? weights, WithinGroups? within)
    {
        _all = new NegativeSampler(items, weights);
        _within = within;
        if (within is null)
        {
            return;
        }

        var members = new List<int>[within.Groups];
        foreach (var item in items)
        {
            if (within.GroupOfItem[item] is var group and >= 0)
            {
                (members[group] ??= []).Add(item);
            }
        }

        _ofGroup = Array.ConvertAll(
            members, own => own is null ? null : new NegativeSampler([.. own], weights));
    }

    /// <summary>The sampler for one choice.</summary>
    /// <param name="item">The chosen item, which is of the column, so that its group has items there.</param>
    /// <param name="random">Decides between the group and all items.</param>
    public NegativeSampler For(int item, SeededRandom random) =>
        _within is not null && _within.GroupOfItem[item] is var group and >= 0 && random.NextDouble() < _within.Share
            ? _ofGroup[group]!
            : _all;
}
