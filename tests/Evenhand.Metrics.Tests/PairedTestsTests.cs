using Evenhand.Data;
using Evenhand.Metrics.Comparison;

namespace Evenhand.Metrics.Tests;

/// <summary>Paired tests against SciPy 1.10.1 (Debian's python3-scipy) and figures worked by hand.</summary>
[TestClass]
public sealed class PairedTestsTests
{
    private static readonly double[] A =
        [.31, .52, .10, .77, .44, .90, .23, .61, .35, .48, .50, .12, .66, .71];

    private static readonly double[] B =
        [.28, .49, .16, .60, .44, .81, .27, .50, .35, .41, .47, .15, .52, .68];

    // scipy.stats.ttest_rel(a, b).
    [TestMethod]
    public void StudentT_FourteenPairs_EqualsSciPy()
    {
        var result = PairedTests.StudentT(A, B);
        Assert.AreEqual(2.240634854254711, result.Statistic, 1e-12);
        Assert.AreEqual(0.04314672693927525, result.PValue, 1e-12);
    }

    // scipy.stats.wilcoxon(numpy.round(a - b, 12), mode="approx"): two zeros, five differences of .03 in size.
    [TestMethod]
    public void WilcoxonSignedRank_TiesAndZeros_EqualsSciPy()
    {
        double[] differences = [.03, .03, -.06, .17, 0, .09, -.04, .11, 0, .07, .03, -.03, .14, .03];
        var result = PairedTests.WilcoxonSignedRank(differences, new double[differences.Length]);
        Assert.AreEqual(16.0, result.Statistic);
        Assert.AreEqual(0.06901681800293338, result.PValue, 1e-12);
    }

    // 2 * scipy.stats.t.sf(t, degrees), 2 * scipy.stats.norm.sf(z).
    [TestMethod]
    [DataRow(0.3, 1, 0.8144528418445154)]
    [DataRow(2.5, 3, 0.08770664700806555)]
    [DataRow(12, 40, 7.82417130425597e-15)]
    [DataRow(1.96, 5000, 0.05005125229181952)]
    [DataRow(40, 200, 2.248739653520226e-97)]
    public void StudentBothTails_AnyDegrees_EqualsSciPy(double t, double degrees, double expected) =>
        Assert.AreEqual(1, Distributions.StudentBothTails(t, degrees) / expected, 1e-10);

    [TestMethod]
    [DataRow(0, 1.0)]
    [DataRow(0.1, 0.920344325445942)]
    [DataRow(-1, 0.31731050786291415)]
    [DataRow(1.96, 0.04999579029644087)]
    [DataRow(5, 5.733031437583866e-07)]
    [DataRow(20, 5.507248237212311e-89)]
    public void NormalBothTails_AnyDistance_EqualsSciPy(double z, double expected) =>
        Assert.AreEqual(1, Distributions.NormalBothTails(z) / expected, 1e-10);

    // The bootstrap's p follows the t test's where there are many users.
    [TestMethod]
    public void Bootstrap_ManyPairs_AgreesWithTheTTest()
    {
        var random = new SeededRandom(3);
        double[] first = [.. Enumerable.Range(0, 400).Select(_ => 0.1 + random.NextGaussian())];
        var second = new double[400];
        Assert.AreEqual(
            PairedTests.StudentT(first, second).PValue,
            PairedTests.Bootstrap(first, second, 9_999, new SeededRandom(5)).PValue,
            0.015);
    }

    [TestMethod]
    public void Tests_EqualModels_FindNothing()
    {
        Assert.AreEqual(1.0, PairedTests.StudentT(A, A).PValue);
        Assert.AreEqual(1.0, PairedTests.WilcoxonSignedRank(A, A).PValue);
        Assert.AreEqual(1.0, PairedTests.Bootstrap(A, A, 99, new SeededRandom(1)).PValue);
    }

    [TestMethod]
    public void Tests_TooFewPairs_AreUndefined()
    {
        Assert.AreEqual(double.NaN, PairedTests.StudentT([1], [2]).PValue);
        Assert.AreEqual(double.NaN, PairedTests.WilcoxonSignedRank([], []).PValue);
        Assert.AreEqual(double.NaN, PairedTests.Bootstrap([], [], 9, new SeededRandom(1)).PValue);
        Assert.ThrowsExactly<ArgumentException>(() => PairedTests.StudentT([1], [2, 3]));
    }

    // Ascending .01, .02, .03, .5: Holm 4 * .01, 3 * .02, max(.06, 2 * .03), .5; Benjamini and Hochberg
    // min(4 * .01, 2 * .02, 4/3 * .03) = .04 for the first three, .5.
    [TestMethod]
    public void Adjust_FourTests_EqualsHandWorkedFigures()
    {
        double[] values = [.03, .5, double.NaN, .01, .02];
        AssertClose([.06, .5, double.NaN, .04, .06], MultipleTests.Holm(values));
        AssertClose([.04, .5, double.NaN, .04, .04], MultipleTests.BenjaminiHochberg(values));
        AssertClose([1, 1], MultipleTests.Holm([.9, .8]));
    }

    // User 0 errs by 1 and 3, user 2 by 2; user 1 has no row.
    [TestMethod]
    public void UnitValues_Rmse_IsOfEachUser()
    {
        var data = new RatingEvaluation([0, 0, 0], [1, 2, -3]);
        AssertClose(
            [Math.Sqrt(5), double.NaN, 2], UnitValues.Of(data, MetricCatalogue.Get("rmse"), [0, 2, 0])!);
    }

    [TestMethod]
    public void UnitValues_MetricThatIsNoSum_IsNotTakenApart()
    {
        var data = new ClassificationEvaluation([1, 0], [1, 0]) { Scores = [.9, .1] };
        Assert.IsNull(UnitValues.Of(data, MetricCatalogue.Get("roc-auc"), null));
        AssertClose([1, 1], UnitValues.Of(data, MetricCatalogue.Get("accuracy"), null)!);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-12);
        }
    }
}
