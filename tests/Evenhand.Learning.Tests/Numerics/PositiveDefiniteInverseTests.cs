using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Tests.Numerics;

[TestClass]
public sealed class PositiveDefiniteInverseTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(1) };

    [TestMethod]
    public void TryInvert_SecondDifferences_IsTheKnownInverse()
    {
        // The matrix with 2 on and -1 beside the diagonal has the inverse (i + 1) (n - j) / (n + 1) for i <= j < n.
        const int Order = 400;
        var matrix = new SymmetricTiles(Order);
        for (var row = 0; row < Order; row++)
        {
            var lower = new double[row + 1];
            lower[row] = 2;
            if (row > 0)
            {
                lower[row - 1] = -1;
            }

            matrix.SetRow(row, lower);
        }

        Assert.IsTrue(PositiveDefiniteInverse.TryInvert(matrix, Context));
        for (var row = 0; row < Order; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var expected = (column + 1.0) * (Order - row) / (Order + 1);
                Assert.AreEqual(expected, matrix[row, column], 1e-9 * expected);
                Assert.AreEqual(matrix[row, column], matrix[column, row]);
            }
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(SymmetricTiles.Side)]
    [DataRow(SymmetricTiles.Side + 1)]
    [DataRow((3 * SymmetricTiles.Side) - 5)]
    public void TryInvert_RandomMatrix_TimesTheMatrixIsTheIdentity(int order)
    {
        var matrix = Random(order);
        var inverse = Random(order);
        Assert.IsTrue(PositiveDefiniteInverse.TryInvert(inverse, Context));
        var original = new double[order];
        var inverted = new double[order];
        for (var row = 0; row < order; row += Math.Max(1, order / 7))
        {
            inverse.CopyRow(row, inverted);
            for (var column = 0; column < order; column++)
            {
                matrix.CopyRow(column, original);
                var product = original.Zip(inverted, (x, y) => x * y).Sum();
                Assert.AreEqual(row == column ? 1 : 0, product, 1e-12 * order);
            }
        }
    }

    [TestMethod]
    public void TryInvert_AnyNumberOfThreads_GivesTheSameBits()
    {
        var order = (3 * SymmetricTiles.Side) + 1;
        var one = Random(order);
        var three = Random(order);
        Assert.IsTrue(PositiveDefiniteInverse.TryInvert(one, Context));
        Assert.IsTrue(PositiveDefiniteInverse.TryInvert(three, Context with { Threads = 3 }));
        for (var row = 0; row < order; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                Assert.AreEqual(one[row, column], three[row, column]);
            }
        }
    }

    [TestMethod]
    public void TryInvert_NotPositiveDefinite_SaysSo()
    {
        // The last row has a negative pivot: 1 - 2 * 2.
        var order = SymmetricTiles.Side + 3;
        var matrix = new SymmetricTiles(order);
        for (var row = 0; row < order; row++)
        {
            var lower = new double[row + 1];
            lower[row] = 1;
            lower[0] += row == order - 1 ? 2 : 0;
            matrix.SetRow(row, lower);
        }

        Assert.IsFalse(PositiveDefiniteInverse.TryInvert(matrix, Context));
    }

    [TestMethod]
    public void TryInvert_Cancelled_Throws() => Assert.ThrowsExactly<OperationCanceledException>(
        () => PositiveDefiniteInverse.TryInvert(
            Random(5), Context with { CancellationToken = new CancellationToken(true) }));

    /// <summary>Uniform elements in [-1, 1] with a diagonal that outweighs them.</summary>
    private static SymmetricTiles Random(int order)
    {
        var random = new SeededRandom(8);
        var matrix = new SymmetricTiles(order);
        for (var row = 0; row < order; row++)
        {
            var lower = new double[row + 1];
            foreach (ref var element in lower.AsSpan())
            {
                element = (2 * random.NextDouble()) - 1;
            }

            lower[row] += 2 * Math.Sqrt(order);
            matrix.SetRow(row, lower);
        }

        return matrix;
    }
}
