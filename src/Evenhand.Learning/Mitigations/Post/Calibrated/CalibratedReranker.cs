using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.Calibrated;

/// <summary>Weighs relevance against the divergence of the list from the user's history.</summary>
/// <param name="options">The options.</param>
/// <param name="profiles">The groups of items, and the users' shares of them.</param>
internal sealed class CalibratedReranker(CalibratedOptions options, UserProfiles profiles)
    : UserReranker<CalibratedOptions>(options)
{
    public override string MitigationName => Calibrated.MitigationName;

    public static CalibratedReranker Read(ModelReader reader) =>
        new(reader.ReadOptions<CalibratedOptions>(), UserProfiles.Read(reader));

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(Options);
        profiles.Write(writer);
    }

    /// <summary>Kullback-Leibler divergence of a list's shares, smoothed, from a user's, in nats; at least 0.</summary>
    /// <param name="target">The user's share of each group.</param>
    /// <param name="counts">Items of each group in the list.</param>
    /// <param name="total">Sum of the counts.</param>
    /// <param name="smoothing">a of <c>q~ = (1 - a) q + a p</c>.</param>
    public static double Divergence(
        ReadOnlySpan<double> target, ReadOnlySpan<int> counts, int total, double smoothing)
    {
        var divergence = 0.0;
        for (var group = 0; group < target.Length; group++)
        {
            if (target[group] > 0)
            {
                var share = total == 0 ? 0 : (double)counts[group] / total;
                var smoothed = ((1 - smoothing) * share) + (smoothing * target[group]);
                divergence += target[group] * Math.Log(target[group] / smoothed);
            }
        }

        return divergence;
    }

    protected override ListRule RuleFor(int k) => Build;

    private int[] Build(Candidates user, int length)
    {
        var (relevance, grouping) = (Relevance.Of(user), profiles.Grouping);
        var target = profiles.Of(user.User).ToArray();
        var counts = new int[grouping.Count];
        var total = 0;

        // Divergence of the list with one more item of each group, and, at the end, with one of unknown group.
        var divergences = new double[grouping.Count + 1];
        Renew();
        return GreedyList.Build(
            user,
            length,
            candidate =>
            {
                var group = grouping[user.Items[candidate]];
                var divergence = divergences[group < 0 ? grouping.Count : group];
                return ((1 - Options.Strength) * relevance[candidate]) - (Options.Strength * divergence);
            },
            taken =>
            {
                if (grouping[user.Items[taken]] is var group and >= 0)
                {
                    counts[group]++;
                    total++;
                    Renew();
                }
            });

        void Renew()
        {
            for (var group = 0; group < counts.Length; group++)
            {
                counts[group]++;
                divergences[group] = Divergence(target, counts, total + 1, Options.Smoothing);
                counts[group]--;
            }

            divergences[^1] = Divergence(target, counts, total, Options.Smoothing);
        }
    }
}
