using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>A re-ranker that decides for each user alone.</summary>
/// <typeparam name="TOptions">Its options record.</typeparam>
/// <param name="options">The options.</param>
public abstract class UserReranker<TOptions>(TOptions options) : Reranker
    where TOptions : RerankingOptions
{
    /// <summary>The options it was made with.</summary>
    protected TOptions Options { get; } = options;

    /// <inheritdoc/>
    public sealed override int CandidateCount(int k) => Math.Max(k, Options.CandidateCount);

    /// <inheritdoc/>
    public sealed override int[][] Rerank(
        IReadOnlyList<Candidates> users, int k, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(users);
        var rule = RuleFor(k);
        var lists = new int[users.Count][];
        Parallel.For(
            0,
            lists.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            user =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                lists[user] = rule(users[user], Math.Min(k, users[user].Items.Length));
            });
        return lists;
    }

    /// <summary>What makes the list of a user, for lists of length k.</summary>
    /// <param name="k">Length of the lists.</param>
    protected abstract ListRule RuleFor(int k);
}

/// <summary>Makes the list of one user. Called from many threads at once.</summary>
/// <param name="user">The candidates.</param>
/// <param name="length">How long the list is to be; no more than there are candidates.</param>
/// <returns>Item codes, distinct and among the candidates, best first.</returns>
public delegate int[] ListRule(Candidates user, int length);
