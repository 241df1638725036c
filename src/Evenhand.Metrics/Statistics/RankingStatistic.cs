using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums over users of 1, NDCG, recall, precision, hit, reciprocal rank, average precision and rank-biased
/// precision, all at k.</summary>
/// <param name="K">Length of the list that is looked at.</param>
internal sealed record RankingStatistic(int K) : AdditiveStatistic
{
    public const int Users = 0;
    public const int Ndcg = 1;
    public const int Recall = 2;
    public const int Precision = 3;
    public const int Hit = 4;
    public const int ReciprocalRank = 5;
    public const int AveragePrecision = 6;
    public const int RankBiasedPrecision = 7;

    public override int Width => 8;

    public override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        var ranking = (RankingEvaluation)data;
        Span<double> user = stackalloc double[Width];
        var relevant = new HashSet<int>();
        for (var i = 0; i < count; i++)
        {
            relevant.Clear();
            relevant.UnionWith(ranking.Relevant[start + i]);
            Measure(ranking.Rankings[start + i], relevant, user);
            for (var figure = 0; figure < user.Length; figure++)
            {
                target[(figure * count) + i] = user[figure];
            }
        }
    }

    private void Measure(int[] ranked, HashSet<int> relevant, Span<double> user)
    {
        var ideal = 0.0;
        for (var place = 0; place < Math.Min(K, relevant.Count); place++)
        {
            ideal += PositionModel.Logarithmic(place);
        }

        var total = relevant.Count;
        var (gain, hits, first, precisions, biased) = (0.0, 0, 0.0, 0.0, 0.0);
        var persistence = 1.0;
        for (var place = 0; place < Math.Min(K, ranked.Length); place++)
        {
            // Removed, so that an item that is listed twice counts once.
            if (relevant.Remove(ranked[place]))
            {
                gain += PositionModel.Logarithmic(place);
                first = hits == 0 ? 1.0 / (place + 1) : first;
                hits++;
                precisions += (double)hits / (place + 1);
                biased += persistence;
            }

            persistence *= PositionModel.Patience;
        }

        user[Users] = 1;
        user[Ndcg] = gain / ideal;
        user[Recall] = (double)hits / total;
        user[Precision] = (double)hits / K;
        user[Hit] = hits > 0 ? 1 : 0;
        user[ReciprocalRank] = first;
        user[AveragePrecision] = precisions / Math.Min(K, total);
        user[RankBiasedPrecision] = (1 - PositionModel.Patience) * biased;
    }
}
