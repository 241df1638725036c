using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>Scores of candidates on one scale for all models and users.</summary>
public static class Relevance
{
    /// <summary>Scores mapped to [0, 1] between the worst and the best candidate of the user; 1 throughout where all
    /// are equal.</summary>
    /// <remarks>Min-max normalisation (Lee 1997, Analyses of multiple evidence combination): a trade-off's weight then
    /// means the same for ratings, probabilities and counts.</remarks>
    public static double[] Of(Candidates user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var scores = user.Scores;
        if (scores.Length == 0)
        {
            return [];
        }

        // Scores descend.
        var (low, range) = (scores[^1], scores[0] - scores[^1]);
        return range > 0
            ? Array.ConvertAll(scores, score => (score - low) / range)
            : [.. Enumerable.Repeat(1.0, scores.Length)];
    }
}
