using System.Globalization;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Experiments.Tasks;

/// <summary>Draws for each user the items among which the relevant ones are ranked in a sampled evaluation.</summary>
/// <param name="catalogue">Number of items.</param>
/// <param name="negatives">How many items that are neither seen nor relevant are drawn for each user; all of them where
/// there are fewer.</param>
/// <param name="seeds">Where chance comes from: a user's draw depends on the user alone, so that all models are ranked
/// on the same items.</param>
internal sealed class SampledCandidates(int catalogue, int negatives, SeedTree seeds)
{
    /// <summary>The items of a ranking that are relevant or drawn, in its order.</summary>
    /// <param name="ranking">Item codes, best first, over the full catalogue.</param>
    /// <param name="length">How many to keep.</param>
    /// <param name="user">Code of the user.</param>
    /// <param name="relevant">Relevant items of the user, distinct.</param>
    /// <param name="seen">Items that the user has seen, distinct.</param>
    public int[] Keep(int[] ranking, int length, int user, int[] relevant, int[] seen)
    {
        var others = Enumerable.Range(0, catalogue).Except(relevant).Except(seen).ToArray();
        var random = seeds.Fork(user.ToString(CultureInfo.InvariantCulture)).CreateRandom();
        random.Shuffle<int>(others);
        var kept = others.Take(negatives).Concat(relevant).ToHashSet();
        return [.. ranking.Where(kept.Contains).Take(length)];
    }
}
