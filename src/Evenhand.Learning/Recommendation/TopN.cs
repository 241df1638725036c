using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation;

/// <summary>Ranks the full catalogue for users and keeps the best items.</summary>
public static class TopN
{
    /// <summary>For each user the best items that the user has not seen, best first.</summary>
    /// <remarks>
    /// Each list depends on its user alone, so the result is the same for any batch and any number of threads. Items
    /// with equal scores stand in the order of their codes. A list is shorter than <paramref name="k"/> where fewer
    /// items are unseen.
    /// </remarks>
    /// <param name="model">Scores the items.</param>
    /// <param name="users">Codes in the model's users, or <see cref="Vocabulary.Missing"/> for an unknown user.</param>
    /// <param name="k">Length of the lists; positive.</param>
    /// <param name="seen">Rows whose user-item pairs are never recommended (the training rows); null to mask
    /// nothing.</param>
    /// <param name="threads">How many threads may score.</param>
    /// <param name="cancellationToken">Polled before each user or tile of users and items.</param>
    /// <returns>Item codes of the model's catalogue, one list for each user given.</returns>
    /// <exception cref="InputException"><paramref name="seen"/> has no user or item column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static int[][] Recommend(
        RecommenderModel model,
        ReadOnlySpan<int> users,
        int k,
        Dataset? seen,
        int threads = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        foreach (var user in users)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(user, Vocabulary.Missing, nameof(users));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(user, model.Users.Count, nameof(users));
        }

        var mask = seen is null ? null : SeenItems.Of(seen, model, cancellationToken);
        var length = Math.Min(model.CandidateCount(k), model.Items.Count);
        var candidates = model.FindCandidates(
            users.ToArray(),
            length,
            mask,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken });
        return model.MakeLists(candidates, k, threads, cancellationToken);
    }

    /// <summary>The best items of each user, whose scores are computed user by user.</summary>
    internal static Candidates[] RankByUser(
        RecommenderModel model, int[] users, int length, SeenItems? mask, ParallelOptions schedule)
    {
        var lists = new Candidates[users.Length];
        Parallel.For(
            0,
            users.Length,
            schedule,
            () => (
                Scores: new double[model.Items.Count],
                Hidden: new bool[model.Items.Count],
                Best: new BoundedRanking(length)),
            (index, _, local) =>
            {
                schedule.CancellationToken.ThrowIfCancellationRequested();
                var user = users[index];
                var own = mask is null ? [] : mask.Of(user);
                Mark(own, local.Hidden, true);
                model.Score(user, local.Scores);
                var (items, scores) = local.Best.Rank(local.Scores, local.Hidden);
                lists[index] = new Candidates(user, items, scores);
                Mark(own, local.Hidden, false);
                return local;
            },
            _ => { });
        return lists;
    }

    private static void Mark(ReadOnlySpan<int> items, bool[] hidden, bool value)
    {
        foreach (var item in items)
        {
            hidden[item] = value;
        }
    }
}
