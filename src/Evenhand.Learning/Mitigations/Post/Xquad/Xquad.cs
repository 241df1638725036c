using Evenhand.Data;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.Xquad;

/// <summary>xQuAD: places items one by one, by relevance and by how little the list so far covers the groups that the
/// user turns to.</summary>
/// <remarks>
/// <para><c>argmax (1 - s) rel(u, i) + s sum(P(d | u) P(i | d) (1 - coverage(d, list)) over groups d)</c>, with s the
/// strength, rel the score of the model, min-max normalised over the user's candidates, P(d | u) the share of d among
/// the user's training rows (among all rows for a user without any), and P(i | d) 1 for items of d, else 0. Coverage is
/// 1 as soon as the list holds an item of d (binary), or the share of d in the list (smooth). Items of unknown group
/// gain nothing beyond their relevance. With groups of popularity this is the mitigation of popularity bias of
/// 2019.</para>
/// <para>R. Santos, C. Macdonald, I. Ounis, "Exploiting query reformulations for web search result diversification",
/// WWW 2010, eq. 1 to 5; H. Abdollahpouri, R. Burke, B. Mobasher, "Managing popularity bias in recommender systems with
/// personalized re-ranking", FLAIRS 2019, eq. 3 to 6.</para>
/// </remarks>
/// <param name="options">Coverage and strength.</param>
public sealed class Xquad(XquadOptions options) : Reranking<XquadOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = RerankingDescriptor.Of<XquadOptions>(
        MitigationName,
        "xQuAD: trades relevance against groups that the user turns to and the list does not cover.",
        TaskKinds.Lists,
        options => new Xquad(options),
        XquadReranker.Read);

    internal const string MitigationName = "xquad";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    protected override Reranker CreateReranker(RecommenderModel model, Dataset train, FitContext context) =>
        new XquadReranker(
            Options, UserProfiles.Of(ItemGroups(model, train, Options.ItemGroup, out _), train, model));
}
