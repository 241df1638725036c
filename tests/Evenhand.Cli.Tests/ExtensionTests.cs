using System.Text.Json.Nodes;
using Evenhand.TestKit;

namespace Evenhand.Cli.Tests;

/// <summary>The sample of docs/extending.md, as a user runs it: a learner, a mitigation and a metric of an assembly of its
/// own.</summary>
[TestClass]
public sealed class ExtensionTests
{
    private static readonly string Sample = Path.Combine(Snapshot.RepositoryRoot, "samples", "SlopeOne");

    private static readonly string Assembly = Path.Combine(Sample, "bin", Configuration, "net10.0", "SlopeOne.dll");

    private static string Configuration =>
        AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";

    [TestMethod]
    public async Task Run_SampleExtension_IsRunKeptResumedAndPredictsAgain()
    {
        using var folder = new TemporaryFolder();
        var (file, store) = Write(folder);
        await Succeeds("run", file, "--jobs", "1", "--trials", "6", "--store", store);
        var resumed = await Succeeds("resume", "slope-one", "--trials", "8", "--store", store, "--json");
        var board = JsonNode.Parse(resumed.Output)!;
        var trials = board["trials"]!.AsArray();
        Assert.HasCount(8, trials);
        Assert.IsTrue(trials.All(trial => (string?)trial!["state"] == "complete"));
        Assert.AreEqual("within-one", (string?)board["objective"]!["accuracy"]);
        var own = trials.First(trial => (string?)trial!["learner"] == "slope-one")!;
        Assert.IsNotNull(own["params"]!["damping"]);

        var input = folder.Write("rows.csv", "user,item\nu1,i1\nu2,i3\n");
        var number = own["number"]!.ToString();
        var predicted = await Succeeds("predict", "slope-one", number, "--input", input, "--store", store);
        Assert.AreEqual(3, predicted.Output.Trim().Split('\n').Length, predicted.Output);
    }

    [TestMethod]
    public async Task Leaderboard_ExtensionIsGone_ShowsTheStudyAndLoadsNothing()
    {
        using var folder = new TemporaryFolder();
        var (file, store) = Write(folder);
        var ran = await Succeeds("run", file, "--jobs", "1", "--trials", "6", "--store", store, "--json");
        File.Delete(Path.Combine(folder.Path, "SlopeOne.dll"));
        var shown = await Succeeds("leaderboard", "slope-one", "--store", store, "--json");
        var (before, after) = (JsonNode.Parse(ran.Output)!, JsonNode.Parse(shown.Output)!);
        foreach (var (trial, again) in before["trials"]!.AsArray().Zip(after["trials"]!.AsArray()))
        {
            foreach (var key in new[] { "number", "learner", "objective", "validation", "fairness", "test" })
            {
                Assert.IsTrue(JsonNode.DeepEquals(trial![key], again![key]), key);
            }
        }

        var refused = await CommandLine.RunAsync("resume", "slope-one", "--trials", "8", "--store", store);
        Assert.AreEqual(2, refused.ExitCode);
        StringAssert.Contains(refused.Error, "slope-one.yaml(3,14): extensions.0: there is no file");
    }

    [TestMethod]
    public async Task Resume_ExtensionHasChanged_IsRefusedUnlessNamed()
    {
        using var folder = new TemporaryFolder();
        var (file, store) = Write(folder);
        await Succeeds("run", file, "--jobs", "1", "--trials", "2", "--store", store);
        var assembly = Path.Combine(folder.Path, "SlopeOne.dll");
        await File.AppendAllTextAsync(assembly, "x");
        var refused = await CommandLine.RunAsync("resume", "slope-one", "--trials", "3", "--store", store);
        Assert.AreEqual(2, refused.ExitCode);
        StringAssert.Contains(refused.Error, "is not the assembly with which the study was made");
        StringAssert.Contains(refused.Error, "--extension " + assembly);
        await Succeeds("resume", "slope-one", "--trials", "3", "--store", store, "--extension", assembly);
    }

    [TestMethod]
    public async Task Validate_MisspeltNamesOfTheExtension_NamesTheNearest()
    {
        using var folder = new TemporaryFolder();
        var (file, _) = Write(folder);
        var text = await File.ReadAllTextAsync(file);
        foreach (var (right, wrong) in new[]
            { ("slope-one: {", "slope-on: {"), ("damping", "dampin"), ("search }", "-1 }"), ("within-one\n", "within-on\n") })
        {
            await File.WriteAllTextAsync(file, text.Replace(right, wrong, StringComparison.Ordinal));
            var result = await CommandLine.RunAsync("validate", file);
            Assert.AreEqual(2, result.ExitCode, wrong);
            StringAssert.Contains(result.Error, wrong == "-1 }" ? "between 0 and" : right.Split(':', '\n')[0], wrong);
        }
    }

    [TestMethod]
    public async Task Schema_SampleExtension_HasItsLearnersOptionsAndWords()
    {
        foreach (var format in new[] { "json", "markdown" })
        {
            var schema = await Succeeds("schema", "--format", format, "--extension", Assembly);
            StringAssert.Contains(schema.Output, "slope-one");
            StringAssert.Contains(schema.Output, "Added to the number of users whom two items share");
            StringAssert.Contains(schema.Output, "small-group-weights");
            Assert.DoesNotContain("slope-one", (await Succeeds("schema", "--format", format)).Output);
        }
    }

    [TestMethod]
    public async Task Validate_FileThatIsNoExtension_SaysWhy()
    {
        using var folder = new TemporaryFolder();
        folder.Write("text.dll", "not an assembly");
        var metrics = Path.Combine(AppContext.BaseDirectory, "Evenhand.Metrics.dll");
        var failing = Path.Combine(AppContext.BaseDirectory, "Evenhand.Cli.Tests.dll");
        foreach (var (path, expected) in new[]
        {
            ("./none.dll", "there is no file"),
            ("./text.dll", "is no .NET assembly"),
            (metrics, "has no public class that implements IEvenhandExtension"),
            (failing, "Evenhand.Cli.Tests.FailingExtension of " + failing + " fails: The licence has run out."),
        })
        {
            var file = folder.Write("own.yaml", $$"""
                name: own
                task: rating-prediction
                extensions: [{{path}}]
                data: { source: simulator }
                learners: [bias]
                objective: { minimize: rmse }
                """);
            var result = await CommandLine.RunAsync("validate", file);
            Assert.AreEqual(2, result.ExitCode, path);
            StringAssert.Contains(result.Error, "own.yaml(3,14): extensions.0: ");
            StringAssert.Contains(result.Error, expected);
        }
    }

    private static (string File, string Store) Write(TemporaryFolder folder)
    {
        File.Copy(Assembly, Path.Combine(folder.Path, "SlopeOne.dll"));
        var text = File.ReadAllLines(Path.Combine(Sample, "slope-one.yaml"))
            .Where(line => !line.StartsWith('#') && line.Length > 0)
            .Select(line => line.StartsWith("extensions", StringComparison.Ordinal) ? "extensions: [./SlopeOne.dll]" : line);
        return (folder.Write("slope-one.yaml", string.Join('\n', text) + "\n"), Path.Combine(folder.Path, "store"));
    }

    private static async Task<CommandResult> Succeeds(params string[] args)
    {
        var result = await CommandLine.RunAsync(args);
        Assert.AreEqual(0, result.ExitCode, result.Error);
        return result;
    }
}
