using System.Globalization;
using System.Text.Json.Nodes;
using Evenhand.Cli.Output;
using Evenhand.Data;
using Evenhand.Experiments.Predicting;

namespace Evenhand.Cli.Tests;

/// <summary>The forms of the leaderboard. The keys of the JSON form are a contract: users' programs read
/// them.</summary>
[TestClass]
public sealed class LeaderboardCommandTests
{
    private static readonly string[] TrialKeys =
    [
        "rank", "number", "state", "learner", "params", "validation", "groups", "fairness", "test", "objective", "feasible",
        "pareto", "constant", "role", "notes", "priceOfFairness", "seconds", "cost", "servingAttributes", "error",
    ];

    [TestMethod]
    public async Task Leaderboard_Json_HasTheKeysOfTheContract()
    {
        var json = await JsonAsync(OwnRatings.Name);

        CollectionAssert.AreEqual(
            new[]
            {
                "study", "experiment", "task", "dataset", "objective", "protocol", "best", "leastInfeasible", "mostAccurate",
                "fairest", "verdict", "headline", "trials",
            },
            Keys(json));
        CollectionAssert.AreEqual(new[] { "name", "rows", "sha256" }, Keys(json["dataset"]));
        CollectionAssert.AreEqual(
            new[] { "kind", "accuracy", "accuracyMaximize", "fairness", "fairnessMaximize", "limits", "text" },
            Keys(json["objective"]));
        foreach (var trial in json["trials"]!.AsArray())
        {
            CollectionAssert.AreEqual(TrialKeys, Keys(trial));
        }
    }

    [TestMethod]
    public async Task Leaderboard_Json_HasTheValuesOfTheStudy()
    {
        var json = await JsonAsync(OwnRatings.Name);

        Assert.AreEqual(OwnRatings.Name, (string?)json["study"]);
        Assert.AreEqual(OwnRatings.Name, (string?)json["experiment"]);
        Assert.AreEqual("rating-prediction", (string?)json["task"]);
        Assert.AreEqual(OwnRatings.Rows, (int)json["dataset"]!["rows"]!);
        Assert.AreEqual(64, ((string?)json["dataset"]!["sha256"])!.Length);
        Assert.AreEqual("composite", (string?)json["objective"]!["kind"]);
        Assert.AreEqual("rmse", (string?)json["objective"]!["accuracy"]);
        Assert.AreEqual("rmse-difference(gender)", (string?)json["objective"]!["fairness"]![0]);
        Assert.IsNull(json["leastInfeasible"]);

        var trials = json["trials"]!.AsArray();
        CollectionAssert.AreEqual(
            Enumerable.Range(1, OwnRatings.Trials).ToArray(), trials.Select(t => (int)t!["rank"]!).ToArray());
        CollectionAssert.AreEquivalent(
            Enumerable.Range(0, OwnRatings.Trials).ToArray(), trials.Select(t => (int)t!["number"]!).ToArray());
        Assert.AreEqual((int)json["best"]!, (int)trials[0]!["number"]!);
        var objectives = trials.Select(t => (double)t!["objective"]!).ToArray();
        CollectionAssert.AreEqual(objectives.Order().ToArray(), objectives);
    }

    [TestMethod]
    public async Task Leaderboard_JsonTrial_HasFiguresOverallByGroupAndForTheGap()
    {
        var json = await JsonAsync(OwnRatings.Name);
        foreach (var trial in json["trials"]!.AsArray().Select(t => t!))
        {
            foreach (var metric in new[] { "rmse", "mae" })
            {
                AssertFigure(trial["validation"]![metric]);
            }

            CollectionAssert.AreEquivalent(new[] { "female", "male" }, Keys(trial["groups"]!["gender"]));
            var female = trial["groups"]!["gender"]!["female"]!;
            var male = trial["groups"]!["gender"]!["male"]!;
            CollectionAssert.AreEqual(new[] { "count", "rmse", "mae", "bounds" }, Keys(female));
            CollectionAssert.AreEqual(new[] { "low", "high" }, Keys(female["bounds"]!["rmse"]));
            Assert.AreEqual(150, (int)female["count"]! + (int)male["count"]!);

            AssertFigure(trial["fairness"]!["rmse-difference(gender)"]);
            var (rmse, gap) = ((double)trial["validation"]!["rmse"]!["value"]!, Gap(trial));
            Assert.AreEqual(Math.Abs((double)female["rmse"]! - (double)male["rmse"]!), gap, 1e-12);
            Assert.AreEqual(rmse + (0.5 * gap), (double)trial["objective"]!, 1e-12);
            Assert.AreEqual("complete", (string?)trial["state"]);
            Assert.IsTrue((bool)trial["feasible"]!);
            Assert.IsGreaterThanOrEqualTo(0, (double)trial["seconds"]!);
            Assert.IsNull(trial["error"]);
        }

        static double Gap(JsonNode trial) => (double)trial["fairness"]!["rmse-difference(gender)"]!["value"]!;
    }

    [TestMethod]
    public async Task Leaderboard_JsonFinalists_HaveTestFiguresAndTheDrop()
    {
        var leaderboard = await JsonAsync(OwnRatings.Name);
        var trials = leaderboard["trials"]!.AsArray();
        var finalists = trials.Where(t => t!["test"] is not null).ToArray();

        Assert.HasCount(2, finalists);
        foreach (var trial in finalists)
        {
            var test = trial!["test"]!;
            CollectionAssert.AreEqual(
                new[]
                {
                    "rmse", "mae", "groups", "fairness", "drop", "feasible", "missedLimits", "constant", "comparison",
                },
                Keys(test));
            AssertFigure(test["rmse"]);
            AssertFigure(test["fairness"]!["rmse-difference(gender)"]);
            CollectionAssert.AreEqual(new[] { "rmse", "mae", "rmse-difference(gender)" }, Keys(test["drop"]));
            Assert.AreEqual(
                (double)test["rmse"]!["value"]! - (double)trial["validation"]!["rmse"]!["value"]!,
                (double)test["drop"]!["rmse"]!,
                1e-12);

            var isReference = (int)trial["number"]! == (int)leaderboard["mostAccurate"]!;
            Assert.AreEqual(isReference, test["comparison"] is null);
            if (!isReference)
            {
                Assert.AreEqual((int)leaderboard["mostAccurate"]!, (int)test["comparison"]!["reference"]!);
                Assert.IsTrue((double)test["comparison"]!["bootstrap"]!["holm"]! is > 0 and <= 1);

                // RMSE is no mean over rows, which a t test would test.
                Assert.IsNull(test["comparison"]!["studentT"]!["p"]);
            }
        }
    }

    [TestMethod]
    public async Task Leaderboard_JsonPareto_HoldsExactlyTheUndominatedTrials()
    {
        var trials = (await JsonAsync(OwnRatings.Name))["trials"]!.AsArray();
        var points = trials.Select(t => (
            Rmse: (double)t!["validation"]!["rmse"]!["value"]!,
            Gap: (double)t["fairness"]!["rmse-difference(gender)"]!["value"]!,
            Member: (bool)t["pareto"]!)).ToArray();
        foreach (var point in points)
        {
            var dominated = points.Any(p =>
                p.Rmse <= point.Rmse && p.Gap <= point.Gap && (p.Rmse < point.Rmse || p.Gap < point.Gap));
            Assert.AreNotEqual(dominated, point.Member);
        }
    }

    [TestMethod]
    public async Task Leaderboard_JsonPrice_IsWhatTheMostAccurateTrialIsBetter()
    {
        var json = await JsonAsync(OwnRatings.Name);
        var trials = json["trials"]!.AsArray();
        var least = trials.Min(t => (double)t!["validation"]!["rmse"]!["value"]!);
        foreach (var trial in trials)
        {
            var price = trial!["priceOfFairness"]!;
            var amount = (double)trial["validation"]!["rmse"]!["value"]! - least;
            CollectionAssert.AreEqual(new[] { "metric", "amount", "percent" }, Keys(price));
            Assert.AreEqual("rmse", (string?)price["metric"]);
            Assert.AreEqual(amount, (double)price["amount"]!, 1e-12);
            Assert.AreEqual(100 * amount / least, (double)price["percent"]!, 1e-9);
            Assert.AreEqual(amount == 0, (int)trial["number"]! == (int)json["mostAccurate"]!);
        }
    }

    [TestMethod]
    public async Task Leaderboard_JsonOfConstrainedStudy_SaysWhichTrialsAreFeasible()
    {
        foreach (var trial in (await JsonAsync(SharedStudies.Reviews))["trials"]!.AsArray())
        {
            var gap = (double)trial!["fairness"]!["equal-opportunity-difference(gender)"]!["value"]!;
            Assert.AreEqual(gap <= 0.2, (bool)trial["feasible"]!);
        }
    }

    [TestMethod]
    public async Task Leaderboard_JsonOfParetoStudy_HasNoSingleBest()
    {
        var json = await JsonAsync(SharedStudies.Lists);

        Assert.AreEqual("pareto", (string?)json["objective"]!["kind"]);
        Assert.IsNull(json["best"]);
        Assert.IsTrue(json["trials"]!.AsArray().All(t => t!["objective"] is null));
        Assert.IsTrue(json["trials"]!.AsArray().Any(t => (bool)t!["pareto"]!));
    }

    [TestMethod]
    public async Task Leaderboard_Csv_ParsesBackToTheNumbersOfTheJson()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("leaderboard.csv");
        (await RunAsync(OwnRatings.Name, "--format", "csv", "--output", file)).ShouldSucceed();
        var trials = (await JsonAsync(OwnRatings.Name))["trials"]!.AsArray();

        var table = InputTable.Read(
            file, ["rank", "number", "learner", "objective", "rmse", "rmse low", "test rmse", "lambda", "pareto", "error"]);
        Assert.AreEqual(trials.Count, table.RowCount);
        foreach (var (row, trial) in trials.Index())
        {
            Assert.AreEqual(Text(trial!["rank"]), Cell("rank"));
            Assert.AreEqual(Text(trial["number"]), Cell("number"));
            Assert.AreEqual((string?)trial["learner"], Cell("learner"));
            Assert.AreEqual((double?)trial["objective"], Number(Cell("objective")));
            Assert.AreEqual((double?)trial["validation"]!["rmse"]!["value"], Number(Cell("rmse")));
            Assert.AreEqual((double?)trial["validation"]!["rmse"]!["low"], Number(Cell("rmse low")));
            Assert.AreEqual((double?)trial["test"]?["rmse"]?["value"], Number(Cell("test rmse")));
            Assert.AreEqual((double?)trial["params"]!["lambda"], Number(Cell("lambda")));
            Assert.AreEqual((bool)trial["pareto"]! ? "true" : "false", Cell("pareto"));
            Assert.IsNull(Cell("error"));

            string? Cell(string column) => table[column].Format(row);
        }
    }

    [TestMethod]
    public async Task Leaderboard_Markdown_IsTheReportAndItsTableHasAsManyCellsInEveryRow()
    {
        var result = (await RunAsync(OwnRatings.Name, "--format", "markdown")).ShouldSucceed();

        var report = result.Output.TrimEnd('\n').Split('\n');
        Assert.AreEqual($"# {OwnRatings.Name}", report[0]);
        Assert.StartsWith($"{OwnRatings.Name}: rating-prediction on ", report[2]);
        var lines = report.SkipWhile(line => !line.StartsWith('|')).ToArray();
        Assert.HasCount(OwnRatings.Trials + 2, lines);
        Assert.StartsWith("| rank | trial | learner | objective | rmse |", lines[0]);
        foreach (var line in lines)
        {
            Assert.AreEqual(lines[0].Count(c => c == '|'), line.Count(c => c == '|'), line);
        }
    }

    [TestMethod]
    public async Task Leaderboard_Html_IsOneFileThatNeedsNoNetwork()
    {
        using var folder = new TemporaryFolder();
        var page = folder.File("pages/leaderboard.html");
        var result = (await RunAsync(OwnRatings.Name, "--format", "html", "--output", page)).ShouldSucceed();

        Assert.AreEqual("", result.Output);
        var html = File.ReadAllText(page);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(OwnRatings.Name, html);
        foreach (var reference in new[] { "src=\"http", "href=\"http", "src='http", "@import" })
        {
            Assert.DoesNotContain(reference, html[..html.IndexOf("</head>", StringComparison.Ordinal)]);
        }

        Assert.HasCount(1, Directory.GetFiles(folder.File("pages")));
    }

    [TestMethod]
    public async Task Leaderboard_Table_ShowsRankObjectiveAndWhatIsBest()
    {
        var result = (await RunAsync(OwnRatings.Name)).ShouldSucceed();

        StringAssert.StartsWith(result.Output, "own-ratings: rating-prediction on own-ratings (1,200 rows), minimize rmse");
        StringAssert.Contains(result.Output, "best trial");
        StringAssert.Contains(result.Output, "rmse-difference(gender)");
        StringAssert.Contains(result.Output, "price of");
    }

    [TestMethod]
    public async Task Leaderboard_TopTwo_ShowsTheTwoBest()
    {
        var result = (await RunAsync(OwnRatings.Name, "--top", "2", "--format", "csv")).ShouldSucceed();

        Assert.HasCount(3, result.Output.TrimEnd().Split("\r\n"));
    }

    [TestMethod]
    public async Task Leaderboard_TopTwo_IsTheHeadOfTheWhole()
    {
        var whole = await JsonAsync(OwnRatings.Name);
        var head = JsonNode.Parse((await RunAsync(OwnRatings.Name, "--top", "2", "--json")).ShouldSucceed().Output)!;
        var table = (await RunAsync(OwnRatings.Name, "--top", "2")).ShouldSucceed();

        var trials = whole["trials"]!.AsArray();
        while (trials.Count > 2)
        {
            trials.RemoveAt(2);
        }

        Assert.IsTrue(JsonNode.DeepEquals(whole, head));
        StringAssert.Contains(table.Output, "2 of 6 trials; --all shows every one.");
    }

    private static Task<CommandResult> RunAsync(string study, params string[] args) =>
        CommandLine.RunAsync(["leaderboard", study, "--store", SharedStudies.Store, .. args]);

    private static async Task<JsonNode> JsonAsync(string study) =>
        JsonNode.Parse((await RunAsync(study, "--format", "json")).ShouldSucceed().Output)!;

    private static string[] Keys(JsonNode? node) => [.. node!.AsObject().Select(p => p.Key)];

    private static string? Text(JsonNode? node) => node?.ToJsonString();

    private static double? Number(string? cell) => cell is null ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private static void AssertFigure(JsonNode? figure)
    {
        CollectionAssert.AreEqual(new[] { "value", "low", "high" }, Keys(figure));
        Assert.IsLessThanOrEqualTo((double)figure!["high"]!, (double)figure["low"]!);
    }

    [TestMethod]
    public async Task Leaderboard_WhenTheOutputIsFull_SaysSoAndFails()
    {
        using var output = new FullWriter();
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var exitCode = await CommandLineApplication.RunAsync(
            ["leaderboard", OwnRatings.Name, "--store", SharedStudies.Store], output, error);

        Assert.AreEqual(ExitCodes.Failure, exitCode);
        Assert.AreEqual("evenhand: No space left on device" + Environment.NewLine, error.ToString());
    }

    // As a buffered stream to a full disk: takes everything, and fails when it is to be written out.
    private sealed class FullWriter : StringWriter
    {
        public FullWriter()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override Task FlushAsync() => throw new IOException("No space left on device");
    }
}
