using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post.Pmmf;

/// <summary>Lists of a batch of users, one after the other, under prices of groups.</summary>
/// <param name="options">The options.</param>
/// <param name="grouping">Groups of the model's items.</param>
/// <param name="shares">The share that is due to each group.</param>
internal sealed class PmmfReranker(PmmfOptions options, ItemGrouping grouping, double[] shares) : Reranker
{
    public override string MitigationName => Pmmf.MitigationName;

    public static PmmfReranker Read(ModelReader reader)
    {
        var options = reader.ReadOptions<PmmfOptions>();
        var grouping = ItemGrouping.Read(reader);
        return new PmmfReranker(options, grouping, reader.ReadArray<double>("shares", grouping.Count));
    }

    /// <inheritdoc/>
    public override void Write(ModelWriter writer)
    {
        writer.WriteOptions(options);
        grouping.Write(writer);
        writer.Write<double>("shares", shares);
    }

    public override int CandidateCount(int k) => Math.Max(k, options.CandidateCount);

    public override int[][] Rerank(
        IReadOnlyList<Candidates> users, int k, int threads, CancellationToken cancellationToken)
    {
        // No list is longer than the catalogue, so a larger k is not what exposure is measured by.
        k = Math.Min(k, grouping.Codes.Length);
        var prices = new ExposurePrices(shares, options, users.Count, k);
        var lists = new int[users.Count][];
        for (var user = 0; user < lists.Length; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lists[user] = options.Strength == 0
                ? users[user].Items[..Math.Min(k, users[user].Items.Length)]
                : Choose(users[user], k, prices);
        }

        return lists;
    }

    private int[] Choose(Candidates user, int k, ExposurePrices prices)
    {
        var relevance = Relevance.Of(user);
        var chosen = Enumerable.Range(0, relevance.Length)
            .Select(place => (Place: place, Group: grouping[user.Items[place]]))
            .OrderBy(candidate => candidate.Group >= 0 && prices.IsSpent(candidate.Group))
            .ThenByDescending(
                candidate => relevance[candidate.Place] - (candidate.Group < 0 ? 0 : prices[candidate.Group]))
            .ThenBy(candidate => candidate.Place)
            .Take(k)
            .OrderBy(candidate => candidate.Place)
            .ToArray();
        prices.Pay(chosen.Select(candidate => candidate.Group));
        return Array.ConvertAll(chosen, candidate => user.Items[candidate.Place]);
    }
}
