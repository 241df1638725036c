using System.Text.Json.Nodes;
using Evenhand.Cli.Output;

namespace Evenhand.Cli.Tests;

/// <summary>Running and resuming studies, with the options that change them.</summary>
[TestClass]
public sealed class RunCommandTests
{
    [TestMethod]
    public async Task Run_WithoutOptions_PrintsTheLeaderboardAndWritesItsPage()
    {
        using var folder = new TemporaryFolder();
        var page = folder.File("page.html");
        var result = await RunAsync(folder, "--html", page);

        StringAssert.StartsWith(result.Output, "own-ratings: rating-prediction");
        StringAssert.Contains(result.Error, $"leaderboard page: {page}");
        Assert.AreEqual(File.ReadAllText(folder.File("store/own-ratings/leaderboard.html")), File.ReadAllText(page));
    }

    [TestMethod]
    public async Task Run_LearnerWithoutOptions_RunsItOnceAndSaysThatTheSpaceIsSpent()
    {
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        var lines = File.ReadAllLines(file).Where(line => !line.StartsWith("budget")).ToList();
        lines.RemoveRange(lines.IndexOf("learners:") + 1, 4);
        File.WriteAllLines(file, lines);
        var result = (await CommandLine.RunAsync("run", file, "--store", folder.File("store"), "--json")).ShouldSucceed();

        Assert.HasCount(1, JsonNode.Parse(result.Output)!["trials"]!.AsArray());
        StringAssert.Contains(result.Error, "the search space is spent");
        StringAssert.Contains(result.Error, "the study ends with 1 trial of 50");

        var again = (await CommandLine.RunAsync(
            "resume", OwnRatings.Name, "--store", folder.File("store"), "--trials", "60", "--json")).ShouldSucceed();
        Assert.HasCount(1, JsonNode.Parse(again.Output)!["trials"]!.AsArray());
    }

    [TestMethod]
    public async Task Run_WithGroupsTooSmall_ReturnsOneAndSaysWhyNoTrialIsBest()
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.RunAsync(
        [
            "run", OwnRatings.Write(folder), "--store", folder.File("store"), "--trials", "2",
            "--set", "evaluation.minimumGroupSize=1000",
        ]);

        const string Why = "no trial can be ranked: rmse-difference(gender) undefined for every one; "
            + "fewer than two groups have evaluation.minimumGroupSize (1000) rows in the validation part";
        Assert.AreEqual(1, result.ExitCode);
        StringAssert.Contains(result.Output, Why);
        StringAssert.Contains(result.Error, $"evenhand: {Why}");

        // Without a value of the objective there is no rank, and nothing is feasible.
        var csv = (await CommandLine.RunAsync(
            "leaderboard", OwnRatings.Name, "--store", folder.File("store"), "--format", "csv")).ShouldSucceed().Output;
        foreach (var cells in csv.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',')))
        {
            Assert.AreEqual((string.Empty, string.Empty, "false", "false"), (cells[0], cells[4], cells[5], cells[6]));
        }
    }

    [TestMethod]
    public async Task Run_Twice_MakesASecondStudy()
    {
        using var folder = new TemporaryFolder();
        var first = JsonNode.Parse((await RunAsync(folder, "--trials", "2", "--json")).Output)!;
        var second = JsonNode.Parse((await RunAsync(folder, "--trials", "2", "--json")).Output)!;

        Assert.AreEqual("own-ratings", (string?)first["study"]);
        Assert.AreEqual("own-ratings-2", (string?)second["study"]);
        Assert.AreEqual("own-ratings", (string?)second["experiment"]);
    }

    [TestMethod]
    public async Task Run_WithStudy_NamesIt_AndRefusesTheNameAgain()
    {
        using var folder = new TemporaryFolder();
        var result = await RunAsync(folder, "--trials", "1", "--study", "mine", "--json");

        Assert.AreEqual("mine", (string?)JsonNode.Parse(result.Output)!["study"]);
        var again = await CommandLine.RunAsync(
            "run", folder.File("own-ratings.yaml"), "--store", folder.File("store"), "--study", "mine");
        again.ShouldRefuse("There is a study 'mine' already", "evenhand resume mine");
    }

    [TestMethod]
    public async Task Run_WithSet_ChangesTheFilesValues()
    {
        using var folder = new TemporaryFolder();
        var result = await RunAsync(
            folder,
            "--set", "budget.trials=2",
            "--set", "learners.matrix-factorization.approximationRank=3",
            "--set", "learners.matrix-factorization.lambda={ float: [0.2, 0.3] }",
            "--set", "evaluation.bootstrapSamples=0",
            "--json");

        var trials = JsonNode.Parse(result.Output)!["trials"]!.AsArray();
        Assert.HasCount(2, trials);
        foreach (var trial in trials)
        {
            Assert.IsNull(trial!["validation"]!["rmse"]!["low"]);
            if ((string?)trial["learner"] == "matrix-factorization")
            {
                Assert.AreEqual(3, (int)trial["params"]!["approximationRank"]!);
                Assert.IsTrue((double)trial["params"]!["lambda"]! is >= 0.2 and <= 0.3);
            }
        }
    }

    [TestMethod]
    public async Task Run_WithoutBudgetInTheFile_TakesItFromTheOptions()
    {
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        File.WriteAllText(file, File.ReadAllText(file).Replace("budget: { trials: 6 }", "", StringComparison.Ordinal));
        var result = (await CommandLine.RunAsync(
            "run", file, "--store", folder.File("store"), "--trials", "2", "--json")).ShouldSucceed();

        Assert.HasCount(2, JsonNode.Parse(result.Output)!["trials"]!.AsArray());
    }

    [TestMethod]
    public async Task Run_WithTheSameSeed_GivesTheSameLeaderboard()
    {
        using var folder = new TemporaryFolder();
        var first = await RunAsync(folder, "--seed", "7", "--json", "--study", "same");
        Directory.Delete(folder.File("store"), recursive: true);
        var second = await RunAsync(folder, "--seed", "7", "--json", "--study", "same");
        Directory.Delete(folder.File("store"), recursive: true);
        var other = await RunAsync(folder, "--seed", "8", "--json", "--study", "same");

        Assert.AreEqual(Leaderboards.WithoutSeconds(first.Output), Leaderboards.WithoutSeconds(second.Output));
        Assert.AreNotEqual(Leaderboards.WithoutSeconds(first.Output), Leaderboards.WithoutSeconds(other.Output));
    }

    [TestMethod]
    public async Task Run_WithTwoJobs_FinishesEveryNumber()
    {
        using var folder = new TemporaryFolder();
        var result = await RunAsync(folder, "--jobs", "2", "--trials", "9", "--json");

        var numbers = JsonNode.Parse(result.Output)!["trials"]!.AsArray().Select(t => (int)t!["number"]!).Order().ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(0, 9).ToArray(), numbers);
    }

    [TestMethod]
    public async Task Run_WithFailingTrials_KeepsThemLastWithTheirError()
    {
        using var folder = new TemporaryFolder();
        // Steps of this length diverge, whatever else is chosen; the bias learner takes none.
        var result = await RunAsync(
            folder,
            "--set", "learners.matrix-factorization.learningRate=1",
            "--set", "learners.matrix-factorization.numberOfIterations=60",
            "--set", "learners.matrix-factorization.lambda=0",
            "--trials", "8",
            "--json");

        var trials = JsonNode.Parse(result.Output)!["trials"]!.AsArray();
        var failed = trials.Where(t => (string?)t!["state"] == "failed").ToArray();
        Assert.IsNotEmpty(failed);
        Assert.AreEqual("failed", (string?)trials[^1]!["state"]);
        foreach (var trial in failed)
        {
            Assert.IsNull(trial!["rank"]);
            Assert.IsNull(trial["objective"]);
            Assert.IsFalse(string.IsNullOrEmpty((string?)trial["error"]));
        }
    }

    [TestMethod]
    public async Task Run_WhereEveryTrialFails_ReturnsOneAndSaysWhy()
    {
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        var result = await CommandLine.RunAsync(
            "run", file, "--store", folder.File("store"), "--trials", "2",
            "--set", "learners=[{ matrix-factorization: { learningRate: 1, lambda: 0, numberOfIterations: 60 } }]");

        Assert.AreEqual(ExitCodes.Failure, result.ExitCode, result.Error);
        StringAssert.Contains(result.Error, "every trial failed; the first said:");
    }

    [TestMethod]
    public async Task Resume_FinishedStudy_ChangesNothing()
    {
        using var folder = new TemporaryFolder();
        var run = await RunAsync(folder, "--json");
        var resumed = await ResumeAsync(folder, "--json");

        Assert.AreEqual(run.Output, resumed.Output);
    }

    [TestMethod]
    public async Task Resume_WithMoreTrials_ContinuesLikeALongerRun()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder, "--trials", "4");
        var resumed = await ResumeAsync(folder, "--trials", "9", "--json");
        Directory.Delete(folder.File("store"), recursive: true);
        var whole = await RunAsync(folder, "--trials", "9", "--json");

        Assert.AreEqual(
            Leaderboards.WithoutSeconds(whole.Output, tests: false), Leaderboards.WithoutSeconds(resumed.Output, tests: false));
    }

    [TestMethod]
    public async Task Resume_AfterTheDataChanged_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder, "--trials", "2");
        File.AppendAllText(folder.File("train.csv"), "u1,i1,3,female\n");
        var result = await CommandLine.RunAsync("resume", OwnRatings.Name, "--store", folder.File("store"));

        result.ShouldRefuse("The data has changed since the study began", "1200 rows", "1201 rows", "evenhand run");
    }

    [TestMethod]
    public async Task Resume_AfterAnotherPartChanged_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder, "--trials", "2");
        var validation = folder.File("validation.csv");
        File.WriteAllText(validation, File.ReadAllText(validation).Replace(".1,", ".2,", StringComparison.Ordinal));
        var result = await CommandLine.RunAsync("resume", OwnRatings.Name, "--store", folder.File("store"), "--trials", "4");

        result.ShouldRefuse("The data has changed since the study began");
    }

    [TestMethod]
    public async Task Resume_AfterTheExperimentFileIsGone_GoesOn()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder, "--trials", "2");
        File.Delete(folder.File("own-ratings.yaml"));
        var resumed = await ResumeAsync(folder, "--trials", "3", "--json");

        Assert.HasCount(3, JsonNode.Parse(resumed.Output)!["trials"]!.AsArray());
    }

    private static async Task<CommandResult> RunAsync(TemporaryFolder folder, params string[] args) =>
        (await CommandLine.RunAsync(["run", OwnRatings.Write(folder), "--store", folder.File("store"), .. args])).ShouldSucceed();

    private static async Task<CommandResult> ResumeAsync(TemporaryFolder folder, params string[] args) =>
        (await CommandLine.RunAsync(["resume", OwnRatings.Name, "--store", folder.File("store"), .. args])).ShouldSucceed();
}
