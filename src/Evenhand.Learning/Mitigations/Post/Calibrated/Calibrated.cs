using Evenhand.Data;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.Calibrated;

/// <summary>Calibrated recommendations: the groups of items have the shares in a user's list that they have in the
/// user's history.</summary>
/// <remarks>
/// <para>Place by place, the item that makes <c>(1 - s) sum(rel(u, i)) - s KL(p, q~)</c> over the list so far largest,
/// with s the strength; rel the score of the model, min-max normalised over the user's candidates; p the shares of the
/// groups among the user's training rows (among all rows for a user without any); q those in the list, and
/// <c>q~ = (1 - a) q + a p</c>. Greedy, because the objective is submodular: at least 1 - 1/e of the best. Items of
/// unknown group do not enter q.</para>
/// <para>H. Steck, "Calibrated recommendations", RecSys 2018, eq. 2 to 7.</para>
/// </remarks>
/// <param name="options">Smoothing and strength.</param>
public sealed class Calibrated(CalibratedOptions options) : Reranking<CalibratedOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = RerankingDescriptor.Of<CalibratedOptions>(
        MitigationName,
        "Gives the groups of items the shares in a user's list that they have in the user's history.",
        TaskKinds.Lists,
        options => new Calibrated(options),
        CalibratedReranker.Read);

    internal const string MitigationName = "calibrated";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    protected override Reranker CreateReranker(RecommenderModel model, Dataset train, FitContext context) =>
        new CalibratedReranker(
            Options, UserProfiles.Of(ItemGroups(model, train, Options.ItemGroup, out _), train, model));
}
