using System.Globalization;
using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary>What the commands say of trials that were pruned.</summary>
[TestClass]
public sealed class PrunedStudyTests
{
    [TestMethod]
    public async Task Run_Pruner_ShowsPrunedTrialsAndRefusesTheirModels()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        var result = (await CommandLine.RunAsync(
            "run", OwnRatings.Write(folder), "--store", store, "--trials", "16", "--json",
            "--set", "pruner={ median: { startupTrials: 2 } }",
            "--set", "learners.matrix-factorization.numberOfIterations=8",
            "--set", "learners.matrix-factorization.learningRate={ float: [0.0001, 0.1], log: true }"))
            .ShouldSucceed();
        var trials = JsonNode.Parse(result.Output)!["trials"]!.AsArray();
        var pruned = trials.First(t => (string?)t!["state"] == "pruned")!;
        var number = ((int)pruned["number"]!).ToString(CultureInfo.InvariantCulture);
        var step = (int)pruned["curves"]!["steps"]!.AsArray()[^1]!;

        var shown = (await CommandLine.RunAsync("show", OwnRatings.Name, number, "--store", store)).ShouldSucceed();
        StringAssert.Contains(shown.Output, $"pruned after step {step}\n");
        StringAssert.Contains(shown.Output, "  learningRate = ");
        StringAssert.Contains(shown.Output, "  rmse-difference(gender) = ");
        var table = (await CommandLine.RunAsync(
            "leaderboard", OwnRatings.Name, "--store", store, "--format", "markdown")).ShouldSucceed();
        StringAssert.Contains(table.Output, $"pruned after step {step}: ");
        foreach (var command in (string[][])[
            ["export", OwnRatings.Name, number, "-o", folder.File("export")],
            ["predict", OwnRatings.Name, number, "-i", folder.File("test.csv")]])
        {
            (await CommandLine.RunAsync([.. command, "--store", store])).ShouldRefuse(
                $"Trial {number} was pruned after step {step} and has no model.");
        }
    }
}
