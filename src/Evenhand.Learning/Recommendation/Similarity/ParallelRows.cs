using System.Collections.Concurrent;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>Works on the rows of a matrix, each alone, in parallel.</summary>
internal static class ParallelRows
{
    private const int MostBlocks = 50;
    private const int LeastRowsOfBlock = 64;

    /// <summary>Calls <paramref name="work"/> for each row, polls for cancellation before each and reports progress
    /// after each of some blocks of rows.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="unit">What a row is, in the plural, as progress names it.</param>
    /// <param name="context">Threads, cancellation, progress.</param>
    /// <param name="scratch">Makes the working memory of a thread.</param>
    /// <param name="work">Takes a row and working memory, of which it may assume nothing.</param>
    public static void For<TScratch>(
        int count, string unit, FitContext context, Func<TScratch> scratch, Action<int, TScratch> work)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        var pool = new ConcurrentBag<TScratch>();
        var size = Math.Max(LeastRowsOfBlock, (count + MostBlocks - 1) / MostBlocks);
        for (var start = 0; start < count; start += size)
        {
            var end = Math.Min(start + size, count);
            Parallel.For(
                start,
                end,
                parallel,
                () => pool.TryTake(out var free) ? free : scratch(),
                (row, _, own) =>
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                    work(row, own);
                    return own;
                },
                pool.Add);
            context.Progress?.Invoke(new WorkProgress(end, count, unit));
        }
    }
}
