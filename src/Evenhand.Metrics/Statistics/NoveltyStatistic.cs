using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums over users of what their lists hold by popularity, all at k; lists that are empty count as
/// none.</summary>
/// <param name="K">Length of the list that is looked at.</param>
internal sealed record NoveltyStatistic(int K) : AdditiveStatistic
{
    public const int Lists = 0;
    public const int PopularityComplement = 1;
    public const int SelfInformation = 2;
    public const int Serendipity = 3;
    public const int Popularity = 4;
    public const int TailShare = 5;
    public const int TailCount = 6;
    public const int HeadHits = 7;
    public const int TailHits = 8;
    public const int HeadRelevant = 9;
    public const int TailRelevant = 10;
    public const int HeadCount = 11;
    public const int HeadUnseen = 12;
    public const int TailUnseen = 13;

    public override int Width => 14;

    public override bool NeedsCatalogue => true;

    public override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        var ranking = (RankingEvaluation)data;
        var catalogue = ranking.Catalogue!;
        var tailItems = catalogue.TailCount;
        Span<double> user = stackalloc double[Width];
        var relevant = new HashSet<int>();
        var expected = new HashSet<int>();
        for (var i = 0; i < count; i++)
        {
            var ranked = ranking.Rankings[start + i];
            int[] seen = ranking.Seen is { } masked ? masked[start + i] : [];
            user.Clear();
            relevant.Clear();
            relevant.UnionWith(ranking.Relevant[start + i]);
            foreach (var item in relevant)
            {
                user[catalogue.Tail[item] ? TailRelevant : HeadRelevant]++;
            }

            var seenInTail = 0;
            foreach (var item in seen)
            {
                seenInTail += catalogue.Tail[item] ? 1 : 0;
            }

            user[TailUnseen] = tailItems - seenInTail;
            user[HeadUnseen] = catalogue.Count - tailItems - (seen.Length - seenInTail);
            var places = Math.Min(K, ranked.Length);
            if (places > 0)
            {
                MostPopularUnseen(catalogue, seen, expected);
                Measure(catalogue, ranked.AsSpan(0, places), relevant, expected, user);
            }

            for (var figure = 0; figure < user.Length; figure++)
            {
                target[(figure * count) + i] = user[figure];
            }
        }
    }

    private static void Measure(
        ItemCatalogue catalogue,
        ReadOnlySpan<int> ranked,
        HashSet<int> relevant,
        HashSet<int> expected,
        Span<double> user)
    {
        var (complement, discounts, information, popularity) = (0.0, 0.0, 0.0, 0.0);
        double users = catalogue.TrainingUsers;
        for (var place = 0; place < ranked.Length; place++)
        {
            var item = ranked[place];
            var known = catalogue.Popularity[item];
            var discount = PositionModel.Logarithmic(place);
            discounts += discount;
            popularity += known;
            information += Math.Log2(users / Math.Max(known, 1));
            user[catalogue.Tail[item] ? TailCount : HeadCount]++;
            if (relevant.Contains(item))
            {
                complement += discount * (1 - (known / users));
                user[catalogue.Tail[item] ? TailHits : HeadHits]++;
                user[Serendipity] += expected.Contains(item) ? 0 : 1;
            }
        }

        user[Lists] = 1;
        user[PopularityComplement] = complement / discounts;
        user[SelfInformation] = information / ranked.Length;
        user[Serendipity] /= ranked.Length;
        user[Popularity] = popularity / ranked.Length;
        user[TailShare] = user[TailCount] / ranked.Length;
    }

    // What everybody would expect: the k most popular items that the user has not seen.
    private void MostPopularUnseen(ItemCatalogue catalogue, int[] seen, HashSet<int> expected)
    {
        expected.Clear();
        var masked = new HashSet<int>(seen);
        foreach (var item in catalogue.ByPopularity)
        {
            if (expected.Count == K)
            {
                break;
            }

            if (!masked.Contains(item))
            {
                expected.Add(item);
            }
        }
    }
}
