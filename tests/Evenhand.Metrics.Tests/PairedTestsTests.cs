using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Comparison;
using Evenhand.Metrics.Evaluations;
using Evenhand.TestKit;

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


    [TestMethod]
    public void Tests_EqualModels_FindNothing()
    {
        Assert.AreEqual(1.0, PairedTests.StudentT(A, A).PValue);
        Assert.AreEqual(1.0, PairedTests.WilcoxonSignedRank(A, A).PValue);
    }

    [TestMethod]
    public void Tests_TooFewPairs_AreUndefined()
    {
        Assert.AreEqual(double.NaN, PairedTests.StudentT([1], [2]).PValue);
        Assert.AreEqual(double.NaN, PairedTests.WilcoxonSignedRank([], []).PValue);
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

    [TestMethod]
    public void RowValues_MeanOverRows_AreThoseOfEachRow()
    {
        var data = new ClassificationEvaluation([1, 0, 1, 0], [1, 0, 0, 1]) { Scores = [.9, .1, .3, .8] };
        AssertClose([1, 1, 0, 0], RowValues.Of(data, MetricCatalogue.BuiltIn.Get("accuracy"))!);
        AssertClose([1, double.NaN, 0, double.NaN], RowValues.Of(data, MetricCatalogue.BuiltIn.Get("recall"))!);
    }

    // Of these, a mean over rows is another figure.
    [TestMethod]
    [DataRow("f1", PredictionKind.Classification)]
    [DataRow("balanced-accuracy", PredictionKind.Classification)]
    [DataRow("roc-auc", PredictionKind.Classification)]
    [DataRow("expected-calibration-error", PredictionKind.Classification)]
    [DataRow("macro-f1", PredictionKind.Multiclass)]
    [DataRow("matthews-correlation", PredictionKind.Multiclass)]
    [DataRow("label-micro-f1", PredictionKind.MultiLabel)]
    [DataRow("rmse", PredictionKind.Rating)]
    [DataRow("item-coverage@10", PredictionKind.Ranking)]
    public void RowValues_NoMeanOverRows_AreNone(string name, PredictionKind kind) =>
        Assert.IsNull(RowValues.Of(EvaluationSamples.Create(kind, 60, new SeededRandom(2)), MetricCatalogue.BuiltIn.Get(name)));

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-12);
        }
    }
}
