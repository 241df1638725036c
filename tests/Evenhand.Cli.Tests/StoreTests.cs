using System.Text.Json.Nodes;
using Evenhand.TestKit;

namespace Evenhand.Cli.Tests;

/// <summary>Stores of every kind, by their addresses; one is of the sample of docs/extending.md.</summary>
[TestClass]
public sealed class StoreTests
{
    private static readonly string Journal = Path.Combine(
        Snapshot.RepositoryRoot,
        "samples",
        "Journal",
        "bin",
        AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release",
        "net10.0",
        "Journal.dll");

    [TestMethod]
    public async Task Run_StorageOfAnExtension_KeepsWhatTheBuiltInOneKeeps()
    {
        using var folder = new TemporaryFolder();
        string[] store = ["--store", $"journal:{folder.File("fair.jsonl")}", "--extension", Journal];
        var ran = await SucceedsAsync(["run", OwnRatings.Write(folder), "--trials", "3", .. store]);
        var page = folder.File("fair.jsonl-artifacts/own-ratings/leaderboard.html");
        StringAssert.Contains(ran.Error, $"leaderboard page: {page}");
        var resumed = await SucceedsAsync(["resume", OwnRatings.Name, "--trials", "5", "--jobs", "1", .. store]);
        var shown = await SucceedsAsync(["leaderboard", OwnRatings.Name, .. store]);
        Assert.AreEqual(resumed.Output, shown.Output);
        await SucceedsAsync(["studies", .. store]);
        await SucceedsAsync(["predict", OwnRatings.Name, "0", "--input", folder.File("test.csv"), .. store]);
        await SucceedsAsync(["export", OwnRatings.Name, "-o", folder.File("export"), .. store]);
        Assert.AreEqual(5, File.ReadLines(folder.File("fair.jsonl")).Count(line =>
            line.Contains("\"Finished\":{", StringComparison.Ordinal)));

        string[] again = ["run", folder.File("own-ratings.yaml"), "--trials", "3", "--jobs", "1", "--json"];
        var plain = await SucceedsAsync([.. again, "--store", folder.File("store")]);
        var other = await SucceedsAsync([.. again, .. store, "--study", "again"]);
        Assert.AreEqual(Figures(plain), Figures(other));
    }

    [TestMethod]
    public async Task Run_StorageWithoutItsExtension_SaysWhichThereAreBeforeAnyWork()
    {
        using var folder = new TemporaryFolder();
        foreach (var command in new[] { "run", "resume", "leaderboard", "studies" })
        {
            string[] subject = command switch
            {
                "run" => [OwnRatings.Write(folder)],
                "studies" => [],
                _ => [OwnRatings.Name],
            };
            var refused = await CommandLine.RunAsync([command, .. subject, "--store", "journal:fair.jsonl"]);
            refused.ShouldRefuse(
                "there is no storage 'journal'",
                "FOLDER, sqlite:FILE, memory:",
                "--extension FILE",
                "./journal:fair.jsonl");
        }
    }

    [TestMethod]
    public async Task Run_Memory_PrintsTheLeaderboardAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        var before = Directory.GetFileSystemEntries(folder.Path).Order().ToArray();
        var ran = await SucceedsAsync(["run", file, "--trials", "3", "--store", "memory:"]);
        StringAssert.Contains(ran.Output, "own-ratings");
        Assert.DoesNotContain("leaderboard page", ran.Error);
        CollectionAssert.AreEqual(before, Directory.GetFileSystemEntries(folder.Path).Order().ToArray());

        (await CommandLine.RunAsync("leaderboard", OwnRatings.Name, "--store", "memory:")).ShouldRefuse(
            "There are no studies in 'memory:'");
    }

    [TestMethod]
    public async Task Run_SqliteFile_IsReadByItsAddress()
    {
        using var folder = new TemporaryFolder();
        var store = $"sqlite:{folder.File("fair.db")}";
        var ran = await SucceedsAsync(["run", OwnRatings.Write(folder), "--trials", "3", "--store", store]);
        StringAssert.Contains(ran.Error, folder.File("fair.db-artifacts/own-ratings/leaderboard.html"));
        Assert.AreEqual(
            ran.Output, (await SucceedsAsync(["leaderboard", OwnRatings.Name, "--store", store])).Output);

        (await CommandLine.RunAsync("studies", "--store", $"sqlite:{folder.Path}")).ShouldRefuse(
            "is a folder", $"--store {folder.Path}");
        (await CommandLine.RunAsync("studies", "--store", $"sqlite:{folder.File("none.db")}")).ShouldRefuse(
            "There are no studies in", "none.db");
    }

    // All but the times that fits took.
    private static string Figures(CommandResult result)
    {
        var trials = JsonNode.Parse(result.Output)!["trials"]!.AsArray();
        return string.Join('\n', trials.Select(trial =>
            $"{trial!["number"]} {trial["params"]} {trial["validation"]} {trial["test"]?["metrics"]}"));
    }

    private static async Task<CommandResult> SucceedsAsync(string[] args) =>
        (await CommandLine.RunAsync(args)).ShouldSucceed();
}
