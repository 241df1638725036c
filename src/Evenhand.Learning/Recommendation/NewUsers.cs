using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation;

/// <summary>Recommends items to users whom a model was not fitted with, from their choices alone.</summary>
public static class NewUsers
{
    /// <summary>Whether a model can: it, or the model within a re-ranked one, is <see cref="IFoldIn"/> and needs no
    /// labels.</summary>
    public static bool CanServe(RecommenderModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.FoldIn is { NeedsLabels: false };
    }

    /// <summary>For each user the best items among those not chosen, best first.</summary>
    /// <param name="model">A model that <see cref="CanServe"/> these users.</param>
    /// <param name="choices">The items that each user has chosen: distinct codes in the model's catalogue,
    /// ascending.</param>
    /// <param name="k">Length of the lists; positive.</param>
    /// <param name="cancellationToken">Polled before each user.</param>
    /// <returns>Item codes of the model's catalogue, one list for each user.</returns>
    /// <exception cref="ArgumentException">The model cannot, or codes are out of range or out of order.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static int[][] Recommend(
        RecommenderModel model, IReadOnlyList<int[]> choices, int k, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(choices);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        if (model.FoldIn is not { NeedsLabels: false } folding)
        {
            throw new ArgumentException($"A model of '{model.LearnerName}' cannot take new users in.", nameof(model));
        }

        var length = Math.Min(model.Items.Count, model.CandidateCount(k));
        var best = new BoundedRanking(length);
        var scores = new double[model.Items.Count];
        var hidden = new bool[model.Items.Count];
        var candidates = new Candidates[choices.Count];
        for (var user = 0; user < choices.Count; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            folding.Score(choices[user], [], scores);
            Array.ForEach(choices[user], item => hidden[item] = true);
            var (items, own) = best.Rank(scores, hidden);
            Array.ForEach(choices[user], item => hidden[item] = false);
            candidates[user] = new Candidates(Vocabulary.Missing, items, own);
        }

        return model.MakeLists(candidates, k, threads: 1, cancellationToken);
    }
}
