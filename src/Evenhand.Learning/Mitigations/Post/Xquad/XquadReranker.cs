using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.Xquad;

/// <summary>Weighs relevance against groups that the list does not cover.</summary>
/// <param name="options">The options.</param>
/// <param name="profiles">The groups of items, and the users' shares of them.</param>
internal sealed class XquadReranker(XquadOptions options, UserProfiles profiles)
    : UserReranker<XquadOptions>(options)
{
    public override string MitigationName => Xquad.MitigationName;

    public static XquadReranker Read(ModelReader reader) =>
        new(reader.ReadOptions<XquadOptions>(), UserProfiles.Read(reader));

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(Options);
        profiles.Write(writer);
    }

    protected override ListRule RuleFor(int k) => Build;

    private int[] Build(Candidates user, int length)
    {
        var (relevance, grouping) = (Relevance.Of(user), profiles.Grouping);
        var shares = profiles.Of(user.User).ToArray();
        var counts = new int[grouping.Count];
        var total = 0;
        return GreedyList.Build(
            user,
            length,
            candidate =>
            {
                var group = grouping[user.Items[candidate]];
                var wanted = group < 0 ? 0 : shares[group] * (1 - Coverage(counts[group], total));
                return ((1 - Options.Strength) * relevance[candidate]) + (Options.Strength * wanted);
            },
            taken =>
            {
                total++;
                if (grouping[user.Items[taken]] is var group and >= 0)
                {
                    counts[group]++;
                }
            });
    }

    private double Coverage(int count, int total) => count == 0 ? 0
        : Options.Coverage == XquadCoverage.Binary ? 1
        : (double)count / total;
}
