using System.Text;
using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary>What <c>data</c> says of densities, and of tasks that no experiment can have yet.</summary>
[TestClass]
public sealed class DataSummaryTests
{
    [TestMethod]
    [DataRow(150, "density 0.67 %")]
    [DataRow(2000, "density 0.050 %")]
    [DataRow(4, "density 25.0 %")]
    public async Task Describe_EmptyTable_ShowsTwoDigitsOfItsDensity(int users, string expected)
    {
        using var folder = new TemporaryFolder();
        var rows = new StringBuilder("user,item,stars\n");
        for (var user = 0; user < users; user++)
        {
            rows.Append($"u{user},i{user},3\n");
        }

        folder.Write("rows.csv", rows.ToString());
        var descriptor = folder.Write("own.yaml", """
            name: own
            title: own
            rows:
              files: [{ path: rows.csv }]
              columns:
                - { name: user, type: category, role: user }
                - { name: item, type: category, role: item }
                - { name: stars, type: number }
            label: { column: stars }
            """);
        var result = (await CommandLine.RunAsync("data", "describe", descriptor)).ShouldSucceed();

        StringAssert.Contains(result.Output, expected);
    }

    [TestMethod]
    public async Task List_TasksThatNoExperimentCanHave_AreMarked()
    {
        var table = (await CommandLine.RunAsync("data", "list")).ShouldSucceed().Output;
        var entries = JsonNode.Parse((await CommandLine.RunAsync("data", "list", "--json")).ShouldSucceed().Output)!;
        var customers = entries.AsArray().Single(entry => (string?)entry!["name"] == "cdnow")!;
        var ratings = entries.AsArray().Single(entry => (string?)entry!["name"] == "ml-100k")!;

        StringAssert.Contains(table, "(not yet)");
        CollectionAssert.AreEqual(
            new[] { "lifetime-value" }, customers["notYet"]!.AsArray().Select(task => (string?)task).ToArray());
        Assert.IsEmpty(ratings["notYet"]!.AsArray());
    }

    [TestMethod]
    public async Task List_Simulator_IsAmongTheSets()
    {
        var entries = JsonNode.Parse((await CommandLine.RunAsync("data", "list", "--json")).ShouldSucceed().Output)!;
        var simulator = entries.AsArray().Single(entry => (string?)entry!["name"] == "simulator")!;

        Assert.IsTrue((bool?)simulator["present"]);
        Assert.Contains("top-n", simulator["tasks"]!.AsArray().Select(task => (string?)task));
    }
}
