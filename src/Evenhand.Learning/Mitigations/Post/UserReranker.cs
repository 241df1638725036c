using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>A re-ranker that decides for each user alone.</summary>
/// <typeparam name="TOptions">Its options record.</typeparam>
/// <param name="options">The options.</param>
internal abstract class UserReranker<TOptions>(TOptions options) : Reranker
    where TOptions : RerankingOptions
{
    protected TOptions Options { get; } = options;

    public sealed override int CandidateCount(int k) => Math.Max(k, Options.CandidateCount);

    public sealed override int[][] Rerank(
        IReadOnlyList<Candidates> users, int k, int threads, CancellationToken cancellationToken)
    {
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
    protected abstract ListRule RuleFor(int k);
}

/// <summary>Makes the list of one user. Called from many threads at once.</summary>
/// <param name="user">The candidates.</param>
/// <param name="length">How long the list is to be; no more than there are candidates.</param>
internal delegate int[] ListRule(Candidates user, int length);
