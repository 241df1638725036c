using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class RatingBlocksTests
{
    // Bytes of a row of factors: so many that blocks have several strips.
    private const int RowBytes = 1 << 13;

    [TestMethod]
    [DataRow(400, 150)]
    [DataRow(150, 400)]
    public void Of_Ratings_KeepsEachOnceInBlocksThatShareNoRowOrColumn(int users, int items)
    {
        var ratings = Ratings(users, items);
        var blocks = RatingBlocks.Of(ratings, RowBytes, Context(1));
        var rowOf = new int[ratings.Rows];
        var columnOf = new int[ratings.Columns];
        Array.Fill(rowOf, -1);
        Array.Fill(columnOf, -1);
        var seen = new List<(RatingEntry, float)>();
        Assert.IsGreaterThan(1, blocks.Side);
        for (var row = 0; row < blocks.Side; row++)
        {
            for (var column = 0; column < blocks.Side; column++)
            {
                var (blockRow, blockColumn) = (row, column);
                blocks.Visit(
                    row,
                    column,
                    (entries, weights) =>
                    {
                        for (var i = 0; i < entries.Length; i++)
                        {
                            var entry = entries[i];
                            Assert.IsTrue(rowOf[entry.Row] == -1 || rowOf[entry.Row] == blockRow);
                            Assert.IsTrue(columnOf[entry.Column] == -1 || columnOf[entry.Column] == blockColumn);
                            rowOf[entry.Row] = blockRow;
                            columnOf[entry.Column] = blockColumn;
                            seen.Add((entry, weights[i]));
                        }
                    },
                    CancellationToken.None);
            }
        }

        CollectionAssert.AreEquivalent(
            Enumerable.Range(0, ratings.Count).Select(i => (ratings[i], ratings.WeightOf(i))).ToList(), seen);
    }

    [TestMethod]
    public void Of_TwoThreads_GivesTheOrderOfOne()
    {
        var ratings = Ratings(400, 150);
        var one = RatingBlocks.Of(ratings, RowBytes, Context(1));
        var two = RatingBlocks.Of(ratings, RowBytes, Context(2));
        CollectionAssert.AreEqual(one.AllEntries.ToArray(), two.AllEntries.ToArray());
        CollectionAssert.AreEqual(one.AllWeights.ToArray(), two.AllWeights.ToArray());
    }

    private static ScaledRatings Ratings(int users, int items)
    {
        var data = LearningSamples.Ratings(users, items, 140_000, new SeedTree(3));
        var random = new SeededRandom(4);
        var weights = Enumerable.Range(0, data.RowCount).Select(_ => random.NextDouble() + 0.5).ToArray();
        var rows = Interactions.Of(
            data.WithRows(data.Rows.With(new NumericColumn("weight", weights, ColumnRoles.Weight))), "test", true);
        return new ScaledRatings(
            rows,
            LabelScale.Of(rows),
            centred: true,
            Renumbering.Of(rows.UserCodes, users, new SeedTree(5)),
            Renumbering.Of(rows.ItemCodes, items, new SeedTree(6)),
            weighted: false);
    }

    private static FitContext Context(int threads) => new() { Seeds = new SeedTree(1), Threads = threads };
}
