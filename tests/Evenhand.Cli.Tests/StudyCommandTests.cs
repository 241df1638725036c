using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary>What <c>studies</c>, <c>show</c> and <c>validate</c> say of studies and files.</summary>
[TestClass]
public sealed class StudyCommandTests
{
    [TestMethod]
    public async Task Studies_Json_ListsEveryStudyInTheOrderOfCreation()
    {
        var result = (await RunAsync("studies", "--json")).ShouldSucceed();

        var rows = JsonNode.Parse(result.Output)!.AsArray();
        CollectionAssert.AreEqual(
            new[] { OwnRatings.Name, SharedStudies.Reviews, SharedStudies.Lists },
            rows.Select(r => (string?)r!["study"]).ToArray());
        CollectionAssert.AreEqual(new[] { 6, 3, 2 }, rows.Select(r => (int)r!["trials"]!).ToArray());
        Assert.IsTrue(rows.All(r => DateTimeOffset.TryParse((string?)r!["created"], out _)));
    }

    [TestMethod]
    public async Task Studies_Table_NamesEveryStudy()
    {
        var result = (await RunAsync("studies")).ShouldSucceed();

        foreach (var name in new[] { OwnRatings.Name, SharedStudies.Reviews, SharedStudies.Lists })
        {
            StringAssert.Contains(result.Output, name);
        }
    }

    [TestMethod]
    [DataRow(SharedStudies.Lists)]
    [DataRow("latest")]
    public async Task Compare_StudyWithItself_IsRefused(string name)
    {
        var result = await RunAsync("compare", SharedStudies.Lists, name);

        result.ShouldRefuse("The study 'lists' is named more than once");
    }

    [TestMethod]
    public async Task Compare_Json_HasMeasuresAndStudies()
    {
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        foreach (var study in new[] { "one", "two" })
        {
            (await CommandLine.RunAsync(
                "run", file, "--study", study, "--trials", "2", "--store", folder.File("store"))).ShouldSucceed();
        }

        var result = (await CommandLine.RunAsync(
            "compare", "one", "two", "--json", "--store", folder.File("store"))).ShouldSucceed();
        var comparison = JsonNode.Parse(result.Output)!;
        CollectionAssert.AreEqual(
            new[] { "rmse", "rmse-difference(gender)" },
            comparison["measures"]!.AsArray().Select(m => (string?)m).ToArray());
        var studies = comparison["studies"]!.AsArray();
        Assert.HasCount(2, studies);
        Assert.AreEqual((double)studies[0]!["hypervolume"]!, (double)studies[1]!["hypervolume"]!);
        Assert.AreEqual(2, (int)studies[0]!["trials"]!);
    }

    [TestMethod]
    public async Task Compare_OneStudy_AsksForAnother()
    {
        var result = await RunAsync("compare", SharedStudies.Lists);

        Assert.AreEqual(2, result.ExitCode);
        StringAssert.Contains(result.Error, "needs at least two studies");
    }

    [TestMethod]
    public async Task Compare_StudiesOfTwoTasks_SaysWhyNot()
    {
        var result = await RunAsync("compare", SharedStudies.Lists, SharedStudies.Reviews);

        Assert.AreEqual(2, result.ExitCode);
        StringAssert.Contains(result.Error, "differ in their task (top-n; text-classification)");
    }

    [TestMethod]
    public async Task Show_Json_IsTheTrialAsItStandsInTheLeaderboard()
    {
        var leaderboard = JsonNode.Parse((await RunAsync("leaderboard", OwnRatings.Name, "--json")).ShouldSucceed().Output)!;
        foreach (var trial in leaderboard["trials"]!.AsArray())
        {
            var number = trial!["number"]!.ToJsonString();
            var shown = JsonNode.Parse((await RunAsync("show", OwnRatings.Name, number, "--json")).ShouldSucceed().Output);
            Assert.IsTrue(JsonNode.DeepEquals(trial, shown));
        }
    }

    [TestMethod]
    public async Task Leaderboard_TheSameListForEveryone_IsNotConstant()
    {
        var leaderboard = JsonNode.Parse((await RunAsync("leaderboard", SharedStudies.Lists, "--json")).ShouldSucceed().Output)!;

        foreach (var trial in leaderboard["trials"]!.AsArray())
        {
            Assert.IsFalse((bool)trial!["constant"]!, (string?)trial["learner"]);
        }
    }

    [TestMethod]
    public async Task Show_Text_HasParametersGroupsAndTestPart()
    {
        var leaderboard = JsonNode.Parse((await RunAsync("leaderboard", OwnRatings.Name, "--json")).ShouldSucceed().Output)!;
        var best = leaderboard["best"]!.ToJsonString();
        var result = (await RunAsync("show", OwnRatings.Name, best)).ShouldSucceed();

        foreach (var text in new[] { "rank 1 of 6", "gender = female", "validation", "test", "rmse-difference(gender)" })
        {
            StringAssert.Contains(result.Output, text);
        }
    }

    [TestMethod]
    public async Task Study_NamedLatest_IsTheNewest()
    {
        var latest = (await RunAsync("leaderboard", "latest", "--json")).ShouldSucceed();

        Assert.AreEqual(SharedStudies.Lists, (string?)JsonNode.Parse(latest.Output)!["study"]);
    }

    [TestMethod]
    public async Task Validate_GoodFile_SaysSoInTextAndInJson()
    {
        var file = SharedStudies.File("own-ratings.yaml");
        var text = (await CommandLine.RunAsync("validate", file)).ShouldSucceed();
        var json = (await CommandLine.RunAsync("validate", file, "--json")).ShouldSucceed();

        StringAssert.Contains(text.Output, "is valid: own-ratings, rating-prediction");
        Assert.IsTrue((bool)JsonNode.Parse(json.Output)!["valid"]!);
    }

    [TestMethod]
    public async Task Schema_Output_IsTheJsonSchemaOfExperimentFiles()
    {
        var result = (await CommandLine.RunAsync("schema")).ShouldSucceed();

        var schema = JsonNode.Parse(result.Output)!;
        Assert.IsNotNull(schema["$schema"]);
        Assert.IsNotNull(schema["properties"]!["learners"]);
    }

    [TestMethod]
    public async Task Json_OnStandardOutput_StandsAlone()
    {
        // What a program reads: standard output of a process, which must be one JSON value and nothing else.
        using var folder = new TemporaryFolder();
        var file = OwnRatings.Write(folder);
        var store = folder.File("store");
        string[][] commands =
        [
            ["run", file, "--store", store, "--json"],
            ["resume", OwnRatings.Name, "--store", store, "--trials", "7", "--json"],
            ["leaderboard", OwnRatings.Name, "--store", store, "--json"],
            ["predict", OwnRatings.Name, "2", "--input", folder.File("test.csv"), "--store", store, "--json"],
        ];
        foreach (var command in commands)
        {
            var result = (await CommandLine.RunProcessAsync(command)).ShouldSucceed();
            Assert.IsNotNull(JsonNode.Parse(result.Output), command[0]);
        }
    }

    private static Task<CommandResult> RunAsync(params string[] args) =>
        CommandLine.RunAsync([.. args, "--store", SharedStudies.Store]);
}
