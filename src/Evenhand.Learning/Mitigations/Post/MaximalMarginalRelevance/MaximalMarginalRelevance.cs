using Evenhand.Data;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.MaximalMarginalRelevance;

/// <summary>Places items one by one, each time the one that is most relevant and least like those above it.</summary>
/// <remarks>
/// <para><c>argmax (1 - s) rel(u, i) - s max(sim(i, j) over j in the list so far)</c>, with s the strength and rel the
/// score of the model, min-max normalised over the user's candidates.</para>
/// <para>J. Carbonell, J. Goldstein, "The use of MMR, diversity-based reranking for reordering documents and producing
/// summaries", SIGIR 1998, section 2.</para>
/// </remarks>
/// <param name="options">Similarity and strength.</param>
public sealed class MaximalMarginalRelevance(MaximalMarginalRelevanceOptions options)
    : Reranking<MaximalMarginalRelevanceOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = RerankingDescriptor.Of<MaximalMarginalRelevanceOptions>(
        MitigationName,
        "MMR: trades relevance against likeness to the items above.",
        TaskKinds.Lists,
        options => new MaximalMarginalRelevance(options),
        MaximalMarginalRelevanceReranker.Read);

    internal const string MitigationName = "maximal-marginal-relevance";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    protected override Reranker CreateReranker(RecommenderModel model, Dataset train, FitContext context)
    {
        var likeness = Options.Similarity == ItemSimilarity.Group
            ? ItemLikeness.OfGroups(ItemGroups(model, train, Options.ItemGroup, out _).Codes)
            : ItemLikeness.OfUsers(model, train);
        return new MaximalMarginalRelevanceReranker(Options, likeness);
    }
}
