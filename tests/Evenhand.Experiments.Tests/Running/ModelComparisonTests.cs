using Evenhand.Configuration.Randomness;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Tests.Leaderboards;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Comparison;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tests.Running;

[TestClass]
public sealed class ModelComparisonTests
{
    private static readonly GroupReportOptions Options = new() { Seeds = new SeedTree(1) };

    private static readonly int[] Labels = [1, 0, 1, 0, 1, 1, 0, 0];

    private static readonly Dictionary<int, EvaluationData> Predictions = new()
    {
        [0] = new ClassificationEvaluation(Labels, [1, 0, 1, 0, 1, 0, 0, 0]),
        [3] = new ClassificationEvaluation(Labels, [0, 0, 1, 1, 0, 0, 0, 0]),
        [7] = new ClassificationEvaluation(Labels, [1, 0, 1, 0, 1, 0, 0, 0]),
    };

    [TestMethod]
    public void Against_Reference_ComparesTheRowsOfBothAndAdjusts()
    {
        var comparisons = ModelComparison.Against(0, Predictions, MetricCatalogue.BuiltIn.Get("accuracy"), Options);

        CollectionAssert.AreEquivalent(new[] { 3, 7 }, comparisons.Keys.ToArray());
        var worse = comparisons[3];
        Assert.AreEqual((0, 8, "row", "accuracy"), (worse.Reference, worse.Count, worse.Unit, worse.Metric));
        Assert.AreEqual(-3 / 8.0, worse.Difference, 1e-12);
        var alone = PairedTests.StudentT([0, 1, 1, 0, 0, 0, 1, 1], [1, 1, 1, 1, 1, 0, 1, 1]).PValue;
        Assert.AreEqual(alone, worse.StudentT.PValue, 1e-12);
        Assert.AreEqual(2 * alone, worse.StudentT.Holm, 1e-12);
        Assert.AreEqual(1.0, comparisons[7].Bootstrap.Holm);
    }

    // 2 * 3 / (2 * 3 + 1) = 6/7 against 2 * 1 / (2 * 1 + 1 + 3) = 1/3. F1 is no mean over rows.
    [TestMethod]
    public void Against_MetricThatIsNoMean_IsTestedByBootstrapAlone()
    {
        var worse = ModelComparison.Against(0, Predictions, MetricCatalogue.BuiltIn.Get("f1"), Options)[3];

        Assert.AreEqual((1 / 3.0) - (6 / 7.0), worse.Difference, 1e-12);
        Assert.IsTrue(worse.Bootstrap.PValue is > 0 and < 1);
        Assert.AreEqual(double.NaN, worse.StudentT.PValue);
        Assert.AreEqual(double.NaN, worse.Wilcoxon.PValue);
    }

    [TestMethod]
    public void Write_Comparison_IsReadAsItWas()
    {
        var comparison = ModelComparison.Against(0, Predictions, MetricCatalogue.BuiltIn.Get("f1"), Options)[3];
        var figures = PlanSamples.Figures(1, 0.1) with { Comparison = comparison };

        Assert.AreEqual(comparison, EvaluationJson.Read(EvaluationJson.Write(figures)).Comparison);
    }
}
