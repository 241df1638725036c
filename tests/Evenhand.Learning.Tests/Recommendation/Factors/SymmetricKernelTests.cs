using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Tests.Recommendation.Factors;

[TestClass]
public sealed unsafe class SymmetricKernelTests
{
    [TestMethod]
    [DataRow(8, 3)]
    [DataRow(16, 40)]
    [DataRow(24, 200)]
    [DataRow(64, 65)]
    [DataRow(72, 9)]
    public void AddOuterProducts_AnySize_EqualsTheDefinition(int size, int count)
    {
        var panel = Gaussian(count, size, 1);
        var gram = new FactorTable(size, size);
        SymmetricKernel.AddOuterProducts(panel.Pointer, panel.Stride, count, gram.Pointer, size, 0, size);
        SymmetricKernel.Mirror(gram);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var expected = Enumerable.Range(0, count).Sum(n => (double)panel[n][row] * panel[n][column]);
                Assert.AreEqual(expected, gram[row][column], 1e-5 * count);
            }
        }
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(16)]
    [DataRow(40)]
    [DataRow(64)]
    [DataRow(96)]
    public void Solve_PositiveDefinite_SatisfiesTheEquations(int size)
    {
        var panel = Gaussian(2 * size, size, 2);
        var matrix = new FactorTable(size, size);
        SymmetricKernel.AddOuterProducts(panel.Pointer, panel.Stride, panel.Rows, matrix.Pointer, size, 0, size);
        SymmetricKernel.Mirror(matrix);
        var kept = new FactorTable(size, size);
        for (var row = 0; row < size; row++)
        {
            matrix[row].CopyTo(kept[row]);
        }

        var right = Gaussian(1, size, 3);
        var solution = new FactorTable(2, size);
        right[0].CopyTo(solution[0]);
        SymmetricKernel.Solve(matrix.Pointer, size, solution.Pointer, solution.Pointer + size);
        for (var row = 0; row < size; row++)
        {
            var left = Enumerable.Range(0, size).Sum(column => (double)kept[row][column] * solution[0][column]);
            Assert.AreEqual(right[0][row], left, 2e-3);
        }
    }

    [TestMethod]
    public void Solve_DependentUnknown_IsZero()
    {
        // The second unknown repeats the first; those behind have no equation.
        var matrix = new FactorTable(8, 8);
        (matrix[0][0], matrix[0][1], matrix[1][0], matrix[1][1]) = (2, 2, 2, 2);
        var right = new FactorTable(2, 8);
        (right[0][0], right[0][1]) = (3, 3);
        SymmetricKernel.Solve(matrix.Pointer, 8, right.Pointer, right.Pointer + 8);
        Assert.AreEqual(1.5, right[0][0], 1e-6);
        Assert.IsTrue(right[0][1..].ToArray().All(unknown => unknown == 0));
    }

    [TestMethod]
    public void GramMatrix_TwoThreads_HasTheBitsOfOne()
    {
        var table = Gaussian(1000, 40, 4);
        var one = GramMatrix.Of(table, 1, CancellationToken.None);
        var two = GramMatrix.Of(table, 2, CancellationToken.None);
        for (var row = 0; row < 40; row++)
        {
            CollectionAssert.AreEqual(one[row].ToArray(), two[row].ToArray());
            Assert.AreEqual(
                Enumerable.Range(0, 1000).Sum(n => (double)table[n][row] * table[n][7]), one[row][7], 1e-2);
        }
    }

    private static FactorTable Gaussian(int rows, int rank, ulong seed)
    {
        var table = new FactorTable(rows, rank);
        table.FillGaussian(new SeededRandom(seed), 0, 1, nonNegative: false);
        return table;
    }
}
