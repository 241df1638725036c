using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Evaluations;

/// <summary>Whether a model tells the rows of a part apart at all.</summary>
/// <remarks>
/// A classifier that gives every row the same class, or a model with one rating for all, has no gap between groups
/// whatever the data: its fairness is not worth naming. Decisions are compared, and where the objective reads nothing
/// but probabilities those. A recommender that gives everyone the same list is a model worth having (popularity), so
/// that lists are no sign; one whose scores are equal for all items knows no order, and its lists are the catalogue's.
/// </remarks>
internal static class ConstantPredictions
{
    // What is measured on one row says nothing of a model.
    private const int FewestRows = 2;

    /// <summary>Whether predictions of a part do not vary.</summary>
    /// <param name="data">The predictions of the part.</param>
    /// <param name="model">The model that made them.</param>
    /// <param name="byProbabilities">Whether the objective reads probabilities alone.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public static bool Are(
        EvaluationData data, Model model, bool byProbabilities, CancellationToken cancellationToken) =>
        data.Count >= FewestRows && data switch
        {
            RatingEvaluation ratings => AreEqual(ratings.Predictions, 1),
            ClassificationEvaluation { Scores: { } scores } when byProbabilities => AreEqual(scores, 1),
            ClassificationEvaluation classes => AreEqual(classes.Decisions, 1),
            ClassesEvaluation { Probabilities: { } probabilities } classes when byProbabilities =>
                AreEqual(probabilities, classes.ClassCount),
            MulticlassEvaluation classes => AreEqual(classes.Decisions, 1),
            MultiLabelEvaluation labels => AreEqual(labels.Decisions, labels.ClassCount),
            RankingEvaluation rankings => KnowsNoOrder((RecommenderModel)model, rankings, cancellationToken),
            _ => false,
        };

    // Rows of equal width, all like the first.
    private static bool AreEqual<T>(T[] values, int width)
        where T : IEquatable<T>
    {
        for (var i = width; i < values.Length; i++)
        {
            if (!values[i].Equals(values[i % width]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool KnowsNoOrder(
        RecommenderModel model, RankingEvaluation rankings, CancellationToken cancellationToken)
    {
        // The first user whose items differ ends it: nearly always the first of all.
        var scores = new double[model.Items.Count];
        for (var user = 0; user < Math.Min(rankings.Count, model.Users.Count); user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            model.Score(user, scores);
            if (!AreEqual(scores, 1))
            {
                return false;
            }
        }

        return scores.Length > 1 && model.Users.Count > 0;
    }
}
