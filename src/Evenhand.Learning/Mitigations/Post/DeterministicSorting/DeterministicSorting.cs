using Evenhand.Data;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.DeterministicSorting;

/// <summary>Gives each group of items its share of the places in every prefix of a list, up to rounding.</summary>
/// <remarks>
/// <para>With targets p_g, the first i places hold at least floor(i p_g) and at most ceil(i p_g) items of group g. At a
/// strength s below 1 the share 1 - s of the places is free: the minimum is floor(i s p_g), the maximum
/// ceil(i (s p_g + 1 - s)); for DetConstSort the free places are a group that any item belongs to.</para>
/// <para>Items of unknown group have no minimum and no maximum: they get a place where no group is due one. Where the
/// candidates of a group run out, the best remaining ones take its places.</para>
/// <para>S. C. Geyik, S. Ambler, K. Kenthapadi, "Fairness-aware ranking in search &amp; recommendation systems with
/// application to LinkedIn talent search", KDD 2019, algorithms 1 to 3.</para>
/// </remarks>
/// <param name="options">Algorithm, targets, strength.</param>
public sealed class DeterministicSorting(DeterministicSortingOptions options)
    : Reranking<DeterministicSortingOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = RerankingDescriptor.Of<DeterministicSortingOptions>(
        MitigationName,
        "Gives each group of items its share of every prefix of a list: DetGreedy, DetCons, DetRelaxed, "
        + "DetConstSort.",
        TaskKinds.Lists,
        options => new DeterministicSorting(options),
        DeterministicSortingReranker.Read);

    internal const string MitigationName = "deterministic-sorting";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    protected override Reranker CreateReranker(RecommenderModel model, Dataset train, FitContext context)
    {
        var grouping = ItemGroups(model, train, Options.ItemGroup, out _);
        return new DeterministicSortingReranker(Options, grouping, grouping.Shares(Options.Target, train, model));
    }
}
