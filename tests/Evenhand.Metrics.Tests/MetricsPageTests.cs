using Evenhand.Metrics.Catalogue;
using Evenhand.TestKit;

namespace Evenhand.Metrics.Tests;

[TestClass]
public sealed class MetricsPageTests
{
    [TestMethod]
    public void ToMarkdown_DocsPage_IsUpToDate() => Snapshot.Verify("docs/metrics.md", MetricCatalogue.ToMarkdown());

    [TestMethod]
    public void ToMarkdown_EveryMetric_HasItsCard()
    {
        var page = MetricCatalogue.ToMarkdown();
        foreach (var name in MetricCatalogue.BuiltIn.Names)
        {
            Assert.Contains($"`{name}`", page);
        }
    }
}
