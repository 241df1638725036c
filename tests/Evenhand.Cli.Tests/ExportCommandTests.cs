using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Evenhand.Cli.Tests;

/// <summary><c>export</c>: figures of the leaderboard are computed again from the exported files, with arithmetic of
/// the test's own or with scikit-learn.</summary>
[TestClass]
public sealed class ExportCommandTests
{
    private const double Tolerance = 1e-9;
    private const string Python = "/usr/bin/python3";

    private const string Reranked = """
        name: reranked
        task: top-n
        data:
          source: simulator
          groups: { user: [gender], item: [provider] }
          simulator: { users: 80, items: 40, interactions: 1600, texts: false, providerBias: 0.6 }
        split: { strategy: per-user, train: 0.6, validation: 0.2, test: 0.2 }
        learners: [popularity]
        mitigation: { post: [{ deterministic-sorting: { itemGroup: provider } }] }
        objective: { maximize: ndcg@10 }
        evaluation: { bootstrapSamples: 0, minimumGroupSize: 5, relevanceThreshold: 3 }
        """;

    [TestMethod]
    public async Task Export_Ratings_GiveTheErrorsOfTheLeaderboard()
    {
        using var folder = new TemporaryFolder();
        var export = await ExportAsync(folder, OwnRatings.Name);
        foreach (var trial in await FinalistsAsync(OwnRatings.Name))
        {
            foreach (var (part, figures) in new[] { ("validation", trial["validation"]!), ("test", trial["test"]!) })
            {
                var rows = Rows(export, $"trial-{trial["number"]}/{part}.csv");
                var split = Rows(export, $"split/{part}.csv");
                CollectionAssert.AreEqual(
                    rows.Select(r => r["label"]).ToArray(), split.Select(r => r["stars"]).ToArray());
                double Error(string gender) => Math.Sqrt(rows.Zip(split)
                    .Where(r => gender.Length == 0 || r.Second["group:gender"] == gender)
                    .Average(r => Math.Pow(Number(r.First["prediction"]) - Number(r.First["label"]), 2)));
                Assert.AreEqual((double)figures["rmse"]!["value"]!, Error(""), Tolerance);
                var gap = (part == "test" ? trial["test"]! : trial)["fairness"]!["rmse-difference(gender)"]!["value"]!;
                Assert.AreEqual((double)gap, Math.Abs(Error("female") - Error("male")), Tolerance);
            }
        }

        // Nothing is lost on the way, and nothing doubled.
        Assert.AreEqual(
            OwnRatings.Rows,
            new[] { "train", "validation", "test" }.Sum(part => Rows(export, $"split/{part}.csv").Count));
        var listed = JsonNode.Parse(File.ReadAllText(Path.Combine(export, "export.json")))!["files"]!.AsArray();
        CollectionAssert.AreEquivalent(
            Directory.EnumerateFiles(export, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(export, file)).Where(file => file != "export.json").ToArray(),
            listed.Select(file => (string)file!).ToArray());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Export_Lists_GiveNdcgAndThoseOfPredict(bool reranked)
    {
        using var folder = new TemporaryFolder();
        var (study, store) = (SharedStudies.Lists, SharedStudies.Store);
        if (reranked)
        {
            (study, store) = ("reranked", folder.File("store"));
            (await CommandLine.RunAsync("run", folder.Write("reranked.yaml", Reranked), "--store", store)).ShouldSucceed();
        }

        var export = await ExportAsync(folder, study, store);
        foreach (var trial in await FinalistsAsync(study, store))
        {
            foreach (var (part, figures) in new[] { ("validation", trial["validation"]!), ("test", trial["test"]!) })
            {
                var relevant = Rows(export, $"trial-{trial["number"]}/{part}-relevant.csv").ToLookup(r => r["user"]);
                var lists = Rows(export, $"trial-{trial["number"]}/{part}.csv").ToLookup(r => r["user"]);
                var ndcg = relevant.Average(user => Ndcg(
                    [.. lists[user.Key].Select(r => r["item"])], user.Select(r => r["item"]).ToHashSet()));
                Assert.AreEqual((double)figures["ndcg@10"]!["value"]!, ndcg, Tolerance);
                CheckMask(export, part, lists);
            }

            await CheckPredictAsync(folder, export, study, store, (int)trial["number"]!);
        }
    }

    [TestMethod]
    public async Task Export_Classes_GiveTheFiguresOfScikitLearn()
    {
        using var folder = new TemporaryFolder();
        var export = await ExportAsync(folder, SharedStudies.Reviews);
        var trial = (await FinalistsAsync(SharedStudies.Reviews))[0];
        var rows = Rows(export, $"trial-{trial["number"]}/test.csv");

        Assert.AreEqual(
            (double)trial["test"]!["accuracy"]!["value"]!,
            rows.Average(r => r["label"] == r["prediction"] ? 1 : 0),
            Tolerance);
        var figures = await ScikitLearnAsync(Path.Combine(export, $"trial-{trial["number"]}/test.csv"));
        foreach (var name in new[] { "accuracy", "f1", "roc-auc" })
        {
            Assert.AreEqual((double)trial["test"]![name]!["value"]!, (double)figures[name]!, Tolerance, name);
        }
    }

    [TestMethod]
    public async Task Export_TrialThatIsNoFinalist_LeavesTheTestPartAlone()
    {
        using var folder = new TemporaryFolder();
        var finalists = (await FinalistsAsync(OwnRatings.Name)).Select(t => (int)t["number"]!).ToHashSet();
        var number = Enumerable.Range(0, OwnRatings.Trials).First(n => !finalists.Contains(n));
        var target = folder.File("export");
        var result = (await RunAsync("export", OwnRatings.Name, $"{number}", "-o", target)).ShouldSucceed();

        StringAssert.Contains(result.Error, $"trial {number} was no finalist");
        Assert.IsTrue(File.Exists(Path.Combine(target, $"trial-{number}", "validation.csv")));
        Assert.IsFalse(File.Exists(Path.Combine(target, $"trial-{number}", "test.csv")));
    }

    [TestMethod]
    public async Task Export_FolderThatIsNotEmpty_IsRefusedUnlessForced()
    {
        using var folder = new TemporaryFolder();
        var export = await ExportAsync(folder, OwnRatings.Name);
        var own = Path.Combine(export, "notes.txt");
        File.WriteAllText(own, "mine");
        var stale = Path.Combine(export, $"trial-{(await FinalistsAsync(OwnRatings.Name))[0]["number"]}");

        (await RunAsync("export", OwnRatings.Name, "-o", export)).ShouldRefuse("the folder is not empty", "--force");
        (await RunAsync("export", OwnRatings.Name, "-o", own)).ShouldRefuse("this is a file");

        (await RunAsync("export", SharedStudies.Lists, "-o", export, "--force")).ShouldSucceed();
        Assert.AreEqual("mine", File.ReadAllText(own));
        Assert.AreEqual("lists", (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(export, "export.json")))!["study"]);
        Assert.IsFalse(
            Directory.Exists(stale) && File.Exists(Path.Combine(stale, "test.csv"))
            && !File.Exists(Path.Combine(stale, "test-relevant.csv")));
        Assert.IsFalse(Directory.EnumerateFileSystemEntries(folder.Path, "*.tmp").Any());
    }

    private static double Ndcg(string[] list, HashSet<string> relevant)
    {
        static double Gain(int place) => 1 / Math.Log2(place + 2);
        var found = list.Take(10).Index().Where(item => relevant.Contains(item.Item)).Sum(item => Gain(item.Index));
        return found / Enumerable.Range(0, Math.Min(10, relevant.Count)).Sum(Gain);
    }

    // No list holds what its user had before the part.
    private static void CheckMask(string export, string part, ILookup<string, Dictionary<string, string>> lists)
    {
        var earlier = part == "test" ? new[] { "train", "validation" } : ["train"];
        var seen = earlier.SelectMany(name => Rows(export, $"split/{name}.csv")).Select(r => (r["user"], r["item"])).ToHashSet();
        Assert.IsFalse(lists.Any(user => user.Any(r => seen.Contains((r["user"], r["item"])))));
    }

    // What is predicted for a user is the list that was measured: items of the test part are not masked unless asked.
    private static async Task CheckPredictAsync(TemporaryFolder folder, string export, string study, string store, int trial)
    {
        var lists = Rows(export, $"trial-{trial}/test.csv");
        var input = folder.Write("users.csv", $"user\n{string.Join('\n', lists.Select(r => r["user"]).Distinct())}\n");
        string[] predict = ["predict", study, $"{trial}", "--input", input, "--store", store, "--k"];
        var k = lists.Count(r => r["user"] == lists[0]["user"]);
        var predicted = Rows((await CommandLine.RunAsync([.. predict, $"{k}"])).ShouldSucceed().Output);
        CollectionAssert.AreEqual(
            lists.Select(r => (r["user"], r["item"])).ToArray(), predicted.Select(r => (r["user"], r["item"])).ToArray());

        var test = Rows(export, "split/test.csv").Select(r => (r["user"], r["item"])).ToHashSet();
        var inUse = Rows((await CommandLine.RunAsync([.. predict, $"{k}", "--exclude-test"])).ShouldSucceed().Output);
        Assert.IsTrue(predicted.Any(r => test.Contains((r["user"], r["item"]))));
        Assert.IsFalse(inUse.Any(r => test.Contains((r["user"], r["item"]))));
    }

    private static async Task<string> ExportAsync(TemporaryFolder folder, string study, string? store = null)
    {
        var target = folder.File("export");
        (await CommandLine.RunAsync("export", study, "-o", target, "--store", store ?? SharedStudies.Store)).ShouldSucceed();
        return target;
    }

    private static async Task<JsonNode[]> FinalistsAsync(string study, string? store = null)
    {
        var result = await CommandLine.RunAsync("leaderboard", study, "--json", "--store", store ?? SharedStudies.Store);
        JsonNode[] finalists =
        [
            .. JsonNode.Parse(result.ShouldSucceed().Output)!["trials"]!.AsArray().OfType<JsonNode>()
                .Where(trial => trial["test"] is not null),
        ];
        Assert.IsNotEmpty(finalists);
        return finalists;
    }

    private static Task<CommandResult> RunAsync(params string[] args) =>
        CommandLine.RunAsync([.. args, "--store", SharedStudies.Store]);

    private static List<Dictionary<string, string>> Rows(string folder, string file) =>
        Rows(File.ReadAllText(Path.Combine(folder, file)));

    private static List<Dictionary<string, string>> Rows(string csv)
    {
        var lines = csv.TrimEnd().Split("\r\n");
        var heading = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => heading.Zip(line.Split(',')).ToDictionary(c => c.First, c => c.Second))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<JsonNode> ScikitLearnAsync(string file)
    {
        const string Script = """
            import csv, json, sys
            from sklearn import metrics
            rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
            label = [float(r["label"]) for r in rows]
            decision = [float(r["prediction"]) for r in rows]
            print(json.dumps({
                "accuracy": metrics.accuracy_score(label, decision),
                "f1": metrics.f1_score(label, decision),
                "roc-auc": metrics.roc_auc_score(label, [float(r["probability"]) for r in rows]),
            }))
            """;
        if (!File.Exists(Python))
        {
            Assert.Inconclusive("Python is missing: apt-get install python3-sklearn");
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Script, file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (error.Contains("No module named", StringComparison.Ordinal))
        {
            Assert.Inconclusive("scikit-learn is missing: apt-get install python3-sklearn");
        }

        Assert.AreEqual(0, process.ExitCode, error);
        return JsonNode.Parse(await output)!;
    }
}
