using Evenhand.Data;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.Pmmf;

/// <summary>P-MMF: max-min fairness of exposure over groups of items (providers), online over the users of a
/// batch.</summary>
/// <remarks>
/// <para>Maximises <c>mean(sum(rel(u, i)) over the list) + s min(e_g / r_g over groups)</c>, with s the strength, e_g
/// the share of group g in the places of all lists, and <c>r_g = (1 + 1/G) share_g</c> the limit of that share, for G
/// groups. Each group has a price m_g, 0 at first. User by user, in the order of the batch: the k items of largest
/// <c>rel - m_g</c> whose group has not reached its limit make the list, in order of their scores; then the prices take
/// a step of momentum gradient descent in the dual, <c>m - eta / sqrt(T) * gradient / r^2</c> for T users, and are
/// projected (norm weighted by r) onto the prices whose negative part has <c>sum(r_g max(0, -m_g))</c> of at most s.
/// rel is the score of the model, min-max normalised over the user's candidates; the authors use a sigmoid.</para>
/// <para>Lists depend on the whole batch and on its order. Items of unknown group cost nothing and have no limit. Where
/// too few candidates are within their limits, the others follow.</para>
/// <para>C. Xu, S. Chen, J. Xu, W. Shen, X. Zhang, G. Wang, Z. Dong, "P-MMF: provider max-min fairness re-ranking in
/// recommender system", WWW 2023, algorithm 1; gradient and limits as in the authors' program.</para>
/// </remarks>
/// <param name="options">Weight, step size, momentum.</param>
public sealed class Pmmf(PmmfOptions options) : Reranking<PmmfOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = RerankingDescriptor.Of<PmmfOptions>(
        MitigationName,
        "P-MMF: raises the exposure of the worst-off group of items over all lists of a batch.",
        TaskKinds.Lists,
        options => new Pmmf(options),
        PmmfReranker.Read);

    internal const string MitigationName = "p-mmf";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    protected override Reranker CreateReranker(RecommenderModel model, Dataset train, FitContext context)
    {
        var grouping = ItemGroups(model, train, Options.ItemGroup, out _);
        return new PmmfReranker(Options, grouping, grouping.Shares(Options.Target, train, model));
    }
}
