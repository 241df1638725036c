using Evenhand.Metrics.Catalogue;
using Evenhand.TestKit;

namespace Evenhand.Metrics.Tests;

[TestClass]
public sealed class ConformanceTests
{
    public static IEnumerable<object[]> MetricNames =>
        [.. MetricCatalogue.BuiltIn.Metrics.Select(m => new object[] { m.Name }), ["ndcg@1"], ["recall@3"]];

    public static IEnumerable<object[]> FairnessNames =>
        [.. MetricCatalogue.BuiltIn.FairnessMetrics.Select(m => new object[] { m.Name }), ["ndcg@3-ratio"]];

    [TestMethod]
    [DynamicData(nameof(MetricNames))]
    public void Check_EveryMetric_Conforms(string name) => MetricConformance.Check(MetricCatalogue.BuiltIn.Get(name));

    [TestMethod]
    [DynamicData(nameof(FairnessNames))]
    public void Check_EveryFairnessMetric_Conforms(string name) =>
        MetricConformance.Check(MetricCatalogue.BuiltIn.GetFairness(name));
}
