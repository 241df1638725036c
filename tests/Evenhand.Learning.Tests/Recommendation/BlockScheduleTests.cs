using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Recommendation.MatrixFactorization;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class BlockScheduleTests
{
    private const int Side = 6;

    private static readonly int[] s_diagonals = [3, 0, 5, 1, 4, 2];

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(8)]
    public void Run_AnyThreads_KeepsTheOrderInEachRowAndColumn(int threads)
    {
        var schedule = new BlockSchedule(Side);
        for (var iteration = 0; iteration < 3; iteration++)
        {
            var rows = Enumerable.Range(0, Side).Select(_ => new List<int>()).ToArray();
            var columns = Enumerable.Range(0, Side).Select(_ => new List<int>()).ToArray();
            schedule.Run(s_diagonals, Context(threads), (row, column) =>
            {
                // No other block of the row or the column is worked on meanwhile: the lists need no lock.
                rows[row].Add(column);
                columns[column].Add(row);
            });
            for (var i = 0; i < Side; i++)
            {
                CollectionAssert.AreEqual(Array.ConvertAll(s_diagonals, d => (i + d) % Side), rows[i]);
                CollectionAssert.AreEqual(Array.ConvertAll(s_diagonals, d => (i - d + Side) % Side), columns[i]);
            }
        }
    }

    [TestMethod]
    public void Run_WorkCancels_EndsForAllThreads()
    {
        using var source = new CancellationTokenSource();
        var context = Context(4) with { CancellationToken = source.Token };
        Assert.Throws<OperationCanceledException>(() => new BlockSchedule(Side).Run(s_diagonals, context, (row, _) =>
        {
            if (row == 2)
            {
                source.Cancel();
            }

            context.CancellationToken.ThrowIfCancellationRequested();
        }));
    }

    private static FitContext Context(int threads) => new() { Seeds = new SeedTree(1), Threads = threads };
}
