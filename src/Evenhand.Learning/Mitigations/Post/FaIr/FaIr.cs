using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Learning.Recommendation;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Learning.Mitigations.Post.FaIr;

/// <summary>FA*IR: each prefix of a list holds at least as many items of the protected group as a fair draw would leave
/// it with, but for bad luck.</summary>
/// <remarks>
/// <para>Place by place: where the items so far hold fewer protected ones than the minimum m(i) of the prefix that the
/// place ends, the best protected item comes next; else the best item of all, so that protected items beyond the
/// minimum compete by score. m(i) is the smallest number t with F(t; i, p) &gt; alpha_c, F the binomial
/// distribution function and alpha_c the significance adjusted for testing all prefixes
/// (<see cref="FairTopK"/>).</para>
/// <para>Items of unknown group count as not protected. Where protected candidates run out, others take their
/// places.</para>
/// <para>M. Zehlike, F. Bonchi, C. Castillo, S. Hajian, M. Megahed, R. Baeza-Yates, "FA*IR: a fair top-k ranking
/// algorithm", CIKM 2017, definition 3.4 and algorithm 2.</para>
/// </remarks>
/// <param name="options">Protected group, minimum proportion, significance.</param>
public sealed class FaIr(FaIrOptions options) : Reranking<FaIrOptions>(options)
{
    /// <summary>What a registry knows of it.</summary>
    public static MitigationDescriptor Descriptor { get; } = RerankingDescriptor.Of<FaIrOptions>(
        MitigationName,
        "FA*IR: every prefix of a list holds at least as many items of a protected group as a fair draw.",
        TaskKinds.Lists,
        options => new FaIr(options),
        FaIrReranker.Read);

    internal const string MitigationName = "fa-ir";

    /// <inheritdoc/>
    public override string Name => MitigationName;

    /// <inheritdoc/>
    protected override Reranker CreateReranker(RecommenderModel model, Dataset train, FitContext context)
    {
        var grouping = ItemGroups(model, train, Options.ItemGroup, out var groups);
        var group = Options.Protected.Length == 0
            ? LeastRepresented(grouping, train, model)
            : Find(groups, Options.Protected);
        var share = group < 0 ? 0 : grouping.Shares(Options.Target, train, model)[group];
        return new FaIrReranker(
            Options, Options.Strength * share, Array.ConvertAll(grouping.Codes, g => g == group && g >= 0));
    }

    // -1 where no item has a group. Of equals the first.
    private static int LeastRepresented(ItemGrouping grouping, Dataset train, RecommenderModel model)
    {
        var catalogue = grouping.Shares(TargetShare.Catalogue, train, model);
        var training = grouping.Shares(TargetShare.Training, train, model);
        var (least, ratio) = (-1, double.PositiveInfinity);
        for (var group = 0; group < catalogue.Length; group++)
        {
            if (catalogue[group] > 0 && training[group] / catalogue[group] < ratio)
            {
                (least, ratio) = (group, training[group] / catalogue[group]);
            }
        }

        return least;
    }

    private int Find(IReadOnlyList<string> groups, string name)
    {
        for (var group = 0; group < groups.Count; group++)
        {
            if (groups[group] == name)
            {
                return group;
            }
        }

        throw new InputException(
            $"'{Name}' is to protect '{name}', which is no group of '{Options.ItemGroup}'."
            + NearestName.Hint(name, [.. groups]));
    }
}
