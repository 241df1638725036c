using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.CpFair;

/// <summary>CP-Fair: fairness to groups of users and to groups of items at once, over all lists of a batch.</summary>
/// <remarks>
/// <para>Maximises <c>mean(rel(u, i)) - s1 DCF - s2 DPF</c> over the places of all lists, with rel the score of the
/// model, min-max normalised over the user's candidates. DPF is <c>1/2 sum(|e_g - t_g|)</c> over groups of items, e_g
/// their share of the places and t_g the share that is due. DCF is <c>1/2 sum(|w_g - mean(w)|)</c> over groups of users
/// in the batch, w_g the mean worth of their lists: with two groups, half of the gap. Both lie in [0, 1].</para>
/// <para>The worth of a list is <c>sum(P(i | g))</c> over its items, divided by the most that k candidates of the user
/// reach, with P(i | g) the share of item i in the training rows of the user's group: how much of the taste of the
/// group the list meets. (The authors' program counts items of the user's own training rows; here no list holds
/// any.)</para>
/// <para>Relaxed to fractions the problem is linear. Its dual has one price for each group: at given prices the lists
/// are the k best items by <c>rel - price(item group) - price(user group) worth</c>, user by user. The prices follow
/// projected subgradients with Polyak's step; the best lists met on the way are improved by exchanges of single items
/// until none helps. Whatever is left is the rounding of a few lists to whole items.</para>
/// <para>Lists stand in the order of the scores. They depend on the whole batch.</para>
/// <para>M. Naghiaei, H. A. Rahmani, Y. Deldjoo, "CPFair: personalized consumer and producer fairness re-ranking for
/// recommender systems", SIGIR 2022, eq. 1 to 4 and algorithm 1; B. T. Polyak, "Minimization of unsmooth functionals",
/// USSR Computational Mathematics and Mathematical Physics 9(3), 1969.</para>
/// </remarks>
/// <param name="options">Groups, weights, solver.</param>
public sealed class CpFair(CpFairOptions options) : Reranking<CpFairOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = RerankingDescriptor.Of<CpFairOptions>(
        MitigationName,
        "CP-Fair: shares of places for groups of items and lists of equal worth for groups of users, over a batch.",
        TaskKinds.Lists,
        options => new CpFair(options),
        CpFairReranker.Read);

    internal const string MitigationName = "cp-fair";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ServingAttributes => Options.Group.Length == 0 ? [] : [Options.Group];

    /// <inheritdoc/>
    protected override Reranker CreateReranker(RecommenderModel model, Dataset train, FitContext context)
    {
        if (Options.ItemGroup.Length == 0 && Options.Group.Length == 0)
        {
            throw new InputException($"'{Name}' needs a group of the items, of the users, or both.");
        }

        var items = Unknown(model.Items.Count);
        if (Options.ItemGroup.Length > 0)
        {
            items = ItemGroups(model, train, Options.ItemGroup, out _);
        }

        var users = new UserTastes(Unknown(model.Users.Count).Codes, 0, []);
        if (Options.Group.Length > 0)
        {
            var codes = UserGroups(model, train, Options.Group, out var groups);
            users = UserTastes.Of(codes, groups.Count, train, model);
        }

        return new CpFairReranker(Options, items, items.Shares(Options.Target, train, model), users);
    }

    private static ItemGrouping Unknown(int count) => new([.. Enumerable.Repeat(Vocabulary.Missing, count)], 0);
}
