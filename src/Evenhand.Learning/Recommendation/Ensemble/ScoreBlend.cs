namespace Evenhand.Learning.Recommendation.Ensemble;

/// <summary>Makes one user's scores of different models alike, so that they can be added.</summary>
internal static class ScoreBlend
{
    // The constant of G. V. Cormack, C. L. A. Clarke, S. Büttcher, "Reciprocal rank fusion", SIGIR 2009.
    private const int RankOffset = 60;

    /// <summary>Puts normalized scores in the place of scores.</summary>
    /// <param name="scores">One score for each item of the catalogue.</param>
    /// <param name="normalization">How.</param>
    public static void Normalize(Span<double> scores, ScoreNormalization normalization)
    {
        if (normalization == ScoreNormalization.ReciprocalRank)
        {
            ToReciprocalRanks(scores);
        }
        else
        {
            ToStandardScores(scores);
        }
    }

    private static void ToStandardScores(Span<double> scores)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var score in scores)
        {
            sum += score;
        }

        var mean = sum / scores.Length;
        foreach (var score in scores)
        {
            squares += (score - mean) * (score - mean);
        }

        var deviation = Math.Sqrt(squares / scores.Length);
        var usable = deviation > 0 && double.IsFinite(deviation);
        foreach (ref var score in scores)
        {
            score = usable ? (score - mean) / deviation : 0;
        }
    }

    // Items of equal scores rank in the order of their codes, as in a list of recommendations.
    private static void ToReciprocalRanks(Span<double> scores)
    {
        var kept = scores.ToArray();
        var items = Enumerable.Range(0, kept.Length).ToArray();
        Array.Sort(items, (a, b) => kept[a].Equals(kept[b]) ? a.CompareTo(b) : kept[b].CompareTo(kept[a]));
        for (var rank = 0; rank < items.Length; rank++)
        {
            scores[items[rank]] = 1.0 / (RankOffset + rank + 1);
        }
    }
}
