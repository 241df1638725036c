using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary>What <c>data describe</c> shows of own and simulated data.</summary>
[TestClass]
public sealed class DataCommandTests
{
    [TestMethod]
    public async Task Describe_Simulator_ShowsWhatExperimentsGet()
    {
        var table = (await CommandLine.RunAsync("data", "describe", "simulator")).ShouldSucceed();
        Assert.StartsWith("Simulated marketplace (simulator)", table.Output);
        Assert.Contains("40,000 rows, 1,000 users, 500 items", table.Output);

        var json = JsonNode.Parse((await CommandLine.RunAsync("data", "describe", "simulator", "--json")).Output)!;
        CollectionAssert.AreEqual(
            new[] { "gender", "age-band", "provider" },
            json["groups"]!.AsArray().Select(group => (string)group!["name"]!).ToArray());
    }

    [TestMethod]
    public async Task Get_Simulator_SaysThatItIsMade() =>
        (await CommandLine.RunAsync("data", "get", "simulator")).ShouldRefuse(
            "'simulator' is made by an experiment", "evenhand data describe simulator");

    [TestMethod]
    public async Task Describe_OwnDescriptor_TellsFiltersVariantsAndTenWarnings()
    {
        using var folder = new TemporaryFolder();
        folder.Write("rows.csv", "user,item,stars\n" + string.Concat(
            Enumerable.Range(0, 30).Select(row => $"u{row % 5},i{row % 3},{(row < 12 ? "many" : "3")}\n")));
        var descriptor = folder.Write("set.yaml", """
            name: set
            title: Set
            rows:
              files: [{ path: rows.csv }]
              columns:
                - { name: user, type: category, role: user }
                - { name: item, type: category, role: item }
                - { name: stars, type: number }
            filters: [{ sample: { of: user, count: 3 } }]
            variants:
              - { name: all, title: Everybody, filters: [] }
            """);

        var result = (await CommandLine.RunAsync("data", "describe", descriptor, "--skip-bad-rows")).ShouldSucceed();
        Assert.Contains("of 18 rows left out", result.Output);
        Assert.Contains("variant: all: Everybody", result.Output);
        Assert.HasCount(10, result.Error.Split('\n').Where(l => l.StartsWith("left out: ", StringComparison.Ordinal)).ToArray());
        Assert.Contains("12 bad rows in all; these are the first 10.", result.Error);

        var all = (await CommandLine.RunAsync("data", "describe", descriptor + "#all", "--skip-bad-rows")).ShouldSucceed();
        Assert.StartsWith("Everybody (set/all)", all.Output);
        Assert.Contains("18 rows, 5 users, 3 items", all.Output);
    }
}
