using Evenhand.Data;
using Evenhand.Metrics.Comparison;

namespace Evenhand.Experiments.Tests;

[TestClass]
public sealed class ModelComparisonTests
{
    private static readonly Dictionary<int, double[]> Values = new()
    {
        [0] = [0.5, 0.6, double.NaN, 0.7, 0.4, 0.9],
        [3] = [0.4, 0.5, 0.5, 0.6, 0.2, 0.9],
        [7] = [0.5, 0.6, 0.5, 0.7, 0.4, 0.9],
    };

    [TestMethod]
    public void Against_Reference_ComparesTheUsersOfBothAndAdjusts()
    {
        var comparisons = ModelComparison.Against(0, Values, "ndcg@10", "user", new SeedTree(1));

        CollectionAssert.AreEquivalent(new[] { 3, 7 }, comparisons.Keys.ToArray());
        var worse = comparisons[3];
        Assert.AreEqual((0, 5), (worse.Reference, worse.Count));
        Assert.AreEqual(-0.1, worse.Difference, 1e-12);
        var alone = PairedTests.StudentT([0.4, 0.5, 0.6, 0.2, 0.9], [0.5, 0.6, 0.7, 0.4, 0.9]).PValue;
        Assert.AreEqual(alone, worse.StudentT.PValue, 1e-12);
        Assert.AreEqual(2 * alone, worse.StudentT.Holm, 1e-12);
        Assert.AreEqual(1.0, comparisons[7].StudentT.Holm);
    }

    [TestMethod]
    public void Write_Comparison_IsReadAsItWas()
    {
        var comparison = ModelComparison.Against(0, Values, "ndcg@10", "user", new SeedTree(1))[3];
        var figures = Plans.Figures(1, 0.1) with { Comparison = comparison };

        Assert.AreEqual(comparison, EvaluationJson.Read(EvaluationJson.Write(figures)).Comparison);
    }
}
