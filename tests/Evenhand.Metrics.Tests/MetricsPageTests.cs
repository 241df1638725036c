namespace Evenhand.Metrics.Tests;

[TestClass]
public sealed class MetricsPageTests
{
    /// <summary>EVENHAND_UPDATE_SNAPSHOTS=1 writes the page instead.</summary>
    [TestMethod]
    public void ToMarkdown_DocsPage_IsUpToDate()
    {
        var path = Path.Combine(Repository(), "docs", "metrics.md");
        var page = MetricCatalogue.ToMarkdown();
        if (Environment.GetEnvironmentVariable("EVENHAND_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        Assert.AreEqual(
            page,
            File.Exists(path) ? File.ReadAllText(path) : "",
            "docs/metrics.md is stale: run the tests with EVENHAND_UPDATE_SNAPSHOTS=1");
    }

    [TestMethod]
    public void ToMarkdown_EveryMetric_HasItsCard()
    {
        var page = MetricCatalogue.ToMarkdown();
        foreach (var name in MetricCatalogue.Names)
        {
            Assert.Contains($"`{name}`", page);
        }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Experiments.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Experiments.sln above.");
        }

        return folder;
    }
}
