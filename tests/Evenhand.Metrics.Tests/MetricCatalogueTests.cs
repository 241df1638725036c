using Evenhand.Configuration;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Tests;

[TestClass]
public sealed class MetricCatalogueTests
{
    [TestMethod]
    public void Get_EveryListedName_FindsItself()
    {
        foreach (var metric in MetricCatalogue.BuiltIn.Metrics)
        {
            Assert.AreSame(metric, MetricCatalogue.BuiltIn.Get(metric.Name));
        }

        foreach (var metric in MetricCatalogue.BuiltIn.FairnessMetrics)
        {
            Assert.AreSame(metric, MetricCatalogue.BuiltIn.GetFairness(metric.Name));
        }

        Assert.HasCount(MetricCatalogue.BuiltIn.Names.Count, MetricCatalogue.BuiltIn.Names.Distinct());
    }

    [TestMethod]
    [DataRow("ndcg@25")]
    [DataRow("recall@1")]
    [DataRow("hit-rate@100")]
    public void Get_RankingMetricAtAnyK_IsThatMetric(string name)
    {
        Assert.AreEqual(name, MetricCatalogue.BuiltIn.Get(name).Name);
        Assert.AreEqual(PredictionKind.Ranking, MetricCatalogue.BuiltIn.Get(name).Kind);
        var difference = MetricCatalogue.BuiltIn.GetFairness(name + "-difference");
        Assert.AreEqual(name, difference.Requires.Single().Name);
    }

    [TestMethod]
    [DataRow("rmes", "Unknown metric 'rmes'. Did you mean 'rmse'?")]
    [DataRow("ndgc@25", "Unknown metric 'ndgc@25'. Did you mean 'ndcg@25'?")]
    [DataRow("ndcg@0", "Unknown metric 'ndcg@0'. Did you mean 'ndcg@10'?")]
    [DataRow("ndcg@05", "Did you mean 'ndcg@10'?")]
    [DataRow("recall@", "Did you mean 'recall'?")]
    [DataRow("xyzzy", "Valid: rmse, mae,")]
    [DataRow("rmse-difference", "'rmse-difference' compares groups")]
    public void Get_UnknownName_SaysTheNearest(string name, string message) =>
        Assert.Contains(message, Assert.ThrowsExactly<InputException>(() => MetricCatalogue.BuiltIn.Get(name)).Message);

    [TestMethod]
    [DataRow("rmse-diference", "Did you mean 'rmse-difference'?")]
    [DataRow("demographic-party-ratio", "Did you mean 'demographic-parity-ratio'?")]
    [DataRow("ndcg@7-worst-grup", "Did you mean 'ndcg@7-worst-group'?")]
    [DataRow("mean-error-ratio", "Unknown fairness metric 'mean-error-ratio'")]
    [DataRow("rmse", "Valid: rmse-difference, rmse-ratio, rmse-worst-group, rmse-mad.")]
    public void GetFairness_UnknownName_SaysTheNearest(string name, string message) =>
        Assert.Contains(message, Assert.ThrowsExactly<InputException>(() => MetricCatalogue.BuiltIn.GetFairness(name)).Message);

    [TestMethod]
    public void For_EveryKind_PartsTheCatalogue()
    {
        var kinds = Enum.GetValues<PredictionKind>();
        Assert.AreEqual(MetricCatalogue.BuiltIn.Metrics.Count, kinds.Sum(kind => MetricCatalogue.BuiltIn.For(kind).Count));
        Assert.AreEqual(
            MetricCatalogue.BuiltIn.FairnessMetrics.Count, kinds.Sum(kind => MetricCatalogue.BuiltIn.FairnessFor(kind).Count));
        foreach (var metric in MetricCatalogue.BuiltIn.FairnessMetrics)
        {
            Assert.IsTrue(metric.Requires.All(required => required.Kind == metric.Kind), metric.Name);
        }
    }
}
