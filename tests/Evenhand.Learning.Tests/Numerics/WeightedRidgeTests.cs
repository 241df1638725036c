using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Tests.Numerics;

[TestClass]
public sealed class WeightedRidgeTests
{
    private static readonly double[][] Masks =
        [[1, 1, 1], [1, 0, 1], [0, 1, 1], [1, 1, 0], [0, 0, 1], [0, 0, 0], [1, 0, 0]];

    private static readonly double[][] Numbers =
    [
        [0.5, -1, 2], [1, 0, 1.5], [0, 2, 1], [-1, 1, 0], [0.25, 0, 1], [0, -0.5, 0], [1, 0, 3],
    ];

    private static readonly double[] Targets = [0.9, 0.7, 0.35, 0.6, 0.3, 0.05, 0.5];
    private static readonly double[] Weights = [1, 0.8, 0.7, 0.75, 0.4, 0.1, 0.45];

    // scikit-learn 1.2.1: Ridge(alpha=penalty).fit(X, y, sample_weight=w); coef_, intercept_, score(X, y, w).
    [TestMethod]
    public void Solve_Masks_EqualsScikitLearn() => AssertFit(
        Masks, 1, [0, 1, 2], [0.197586551308, 0.065862994754, 0.078223772105], 0.36286358805376395, 0.6310965224095362);

    [TestMethod]
    public void Solve_SmallPenalty_EqualsScikitLearn() => AssertFit(
        Masks, 0.01, [0, 1, 2], [0.475734044563, 0.127759410924, 0.246160868683], 0.01212399770620709, 0.9793597395455368);

    [TestMethod]
    public void Solve_Numbers_EqualsScikitLearn() => AssertFit(
        Numbers, 0.5, [0, 1, 2], [-0.049678704003, -0.128068873985, 0.039393213096], 0.5899882575699988, 0.44130668492709857);

    [TestMethod]
    public void Solve_SomeColumns_EqualsScikitLearnOnThese() => AssertFit(
        Masks, 1, [0, 2], [0.197629726746, 0.078519182998], 0.40104885454043604, 0.5697132993669994);

    [TestMethod]
    public void Solve_ConstantTargets_AreTheIntercept()
    {
        var ridge = new WeightedRidge(3);
        for (var row = 0; row < Masks.Length; row++)
        {
            ridge.Add(Masks[row], 0.7, Weights[row]);
        }

        var fit = ridge.Solve(1, [0, 1, 2], default);
        Assert.AreEqual(0.7, fit.Intercept, 1e-12);
        Assert.AreEqual(1, fit.Fit);
    }

    [TestMethod]
    public void Solve_ManyColumns_FulfilsTheNormalEquations()
    {
        // More columns than a hardware vector has lanes, so that each half row starts within one.
        const int Columns = 21;
        const int Rows = 60;
        var random = new SeedTree(4).CreateRandom();
        var x = new double[Rows][];
        var y = new double[Rows];
        var ridge = new WeightedRidge(Columns);
        for (var row = 0; row < Rows; row++)
        {
            x[row] = [.. Enumerable.Range(0, Columns).Select(_ => (double)random.Next(2))];
            y[row] = random.NextDouble();
            ridge.Add(x[row], y[row], 1 + (row % 3));
        }

        var fit = ridge.Solve(0.3, [.. Enumerable.Range(0, Columns)], default);
        double Error(int row) => y[row] - fit.Intercept - x[row].Zip(fit.Coefficients, (a, b) => a * b).Sum();
        Assert.AreEqual(0, Enumerable.Range(0, Rows).Sum(row => (1 + (row % 3)) * Error(row)), 1e-10);
        for (var column = 0; column < Columns; column++)
        {
            var gradient = Enumerable.Range(0, Rows).Sum(row => (1 + (row % 3)) * Error(row) * x[row][column]);
            Assert.AreEqual(0.3 * fit.Coefficients[column], gradient, 1e-10);
        }
    }

    private static void AssertFit(
        double[][] rows, double penalty, int[] columns, double[] coefficients, double intercept, double score)
    {
        var ridge = new WeightedRidge(3);
        for (var row = 0; row < rows.Length; row++)
        {
            ridge.Add(rows[row], Targets[row], Weights[row]);
        }

        var fit = ridge.Solve(penalty, columns, default);
        Assert.AreEqual(intercept, fit.Intercept, 1e-11);
        Assert.AreEqual(score, fit.Fit, 1e-11);
        Assert.HasCount(coefficients.Length, fit.Coefficients);
        for (var i = 0; i < coefficients.Length; i++)
        {
            Assert.AreEqual(coefficients[i], fit.Coefficients[i], 1e-11);
        }
    }
}
