using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums over users of 1 and of the mean dissimilarity of two items in the first k places; lists without two
/// items that have features count as none.</summary>
/// <param name="K">Length of the list that is looked at.</param>
internal sealed record DiversityStatistic(int K) : AdditiveStatistic
{
    public const int Lists = 0;
    public const int Dissimilarity = 1;

    public override int Width => 2;

    public override bool NeedsCatalogue => true;

    public override bool NeedsFeatures => true;

    public override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        var ranking = (RankingEvaluation)data;
        var features = ranking.Catalogue!.Features!;
        for (var i = 0; i < count; i++)
        {
            var ranked = ranking.Rankings[start + i];
            var (pairs, sum) = Compare(features, ranked.AsSpan(0, Math.Min(K, ranked.Length)));
            target[(Lists * count) + i] = pairs > 0 ? 1 : 0;
            target[(Dissimilarity * count) + i] = pairs > 0 ? sum / pairs : 0;
        }
    }

    private static (long Pairs, double Sum) Compare(int[][] features, ReadOnlySpan<int> ranked)
    {
        var (pairs, sum) = (0L, 0.0);
        for (var i = 0; i < ranked.Length; i++)
        {
            var first = features[ranked[i]];
            for (var j = i + 1; j < ranked.Length && first.Length > 0; j++)
            {
                var second = features[ranked[j]];
                if (second.Length > 0)
                {
                    pairs++;
                    sum += 1 - (Common(first, second) / Math.Sqrt((double)first.Length * second.Length));
                }
            }
        }

        return (pairs, sum);
    }

    // Both ascending.
    private static int Common(int[] first, int[] second)
    {
        var (i, j, common) = (0, 0, 0);
        while (i < first.Length && j < second.Length)
        {
            var order = first[i].CompareTo(second[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return common;
    }
}
