using System.Globalization;
using System.Text.Json.Nodes;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Simulation;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Studies;
using Evenhand.Tuning.Storage;

namespace Evenhand.Cli.Tests;

/// <summary>Predictions with the model of a trial, kept or fitted again.</summary>
[TestClass]
public sealed class PredictCommandTests
{
    [TestMethod]
    public async Task Predict_RatingsOfEveryTrial_HaveTheRmseOfTheLeaderboard()
    {
        // The figure was computed when the trial ran; the model is a kept one for finalists, and fitted anew for the
        // others.
        var labels = File.ReadLines(SharedStudies.File("validation.csv")).Skip(1).Select(l => Number(l.Split(',')[2])).ToArray();
        var leaderboard = JsonNode.Parse(
            (await CommandLine.RunAsync("leaderboard", OwnRatings.Name, "--store", SharedStudies.Store, "--json")).Output)!;
        var refitted = 0;
        foreach (var trial in leaderboard["trials"]!.AsArray())
        {
            var result = await PredictAsync(OwnRatings.Name, (int)trial!["number"]!, SharedStudies.File("validation.csv"));
            var predictions = Column(result.Output, 3).Select(Number).ToArray();
            var mean = labels.Zip(predictions, (label, prediction) => (label - prediction) * (label - prediction)).Average();
            Assert.AreEqual((double)trial["validation"]!["rmse"]!["value"]!, Math.Sqrt(mean), 1e-12);
            refitted += result.Error.Contains("fitting its model again", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.AreEqual(OwnRatings.Trials - 2, refitted);
    }

    [TestMethod]
    public async Task Predict_WithoutTheKeptModel_IsTheSameToTheLastBit()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        (await CommandLine.RunAsync("run", OwnRatings.Write(folder), "--store", store)).ShouldSucceed();
        var models = Directory.GetFiles(Path.Combine(store, OwnRatings.Name, "models"));
        Assert.IsNotEmpty(models);
        foreach (var model in models)
        {
            var trial = Path.GetFileName(model).Split('-')[0];
            var kept = await RunAsync();
            File.Delete(model);
            var refitted = await RunAsync();
            Assert.AreEqual(kept.ShouldSucceed().Output, refitted.ShouldSucceed().Output);
            StringAssert.Contains(refitted.Error, "fitting its model again");

            Task<CommandResult> RunAsync() => CommandLine.RunAsync(
                "predict", OwnRatings.Name, trial, "--input", folder.File("test.csv"), "--store", store);
        }
    }

    [TestMethod]
    public async Task Predict_FileWrittenAsTheDataOfTheStudy_IsReadAsThat()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        var rows = string.Concat(Enumerable.Range(0, 240).Select(
            i => $"u{i % 12};i{i / 12 % 20};{1 + (i * 7 % 5)},5\n"));
        folder.Write("ratings.csv", "who;what;stars\n" + rows);
        var experiment = folder.Write("commas.yaml", """
            name: commas
            task: rating-prediction
            data:
              rows:
                files: [{ path: ratings.csv }]
                format: { delimiter: ";", decimal: ",", missing: ["-"] }
                columns:
                  - { name: user, from: who, type: category, role: user }
                  - { name: item, from: what, type: category, role: item }
                  - { name: stars, type: number }
              label: { column: stars }
            learners: [bias]
            objective: { minimize: rmse }
            budget: { trials: 1 }
            evaluation: { bootstrapSamples: 0 }
            """);
        (await CommandLine.RunAsync("run", experiment, "--store", store)).ShouldSucceed();

        var own = await RunAsync(folder.Write("own.csv", "who;what\nu1;i2\n-;i3\n"));
        var plain = await RunAsync(folder.Write("plain.csv", "who,what\nu1,i2\n,i3\n"));
        var said = await RunAsync(folder.Write("said.txt", "who|what\nu1|i2\n|i3\n"), "--delimiter", "|");
        var lines = await RunAsync(
            folder.Write("lines.jsonl", "{\"who\": \"u1\", \"what\": \"i2\"}\n{\"who\": \"-\", \"what\": \"i3\"}\n"));

        StringAssert.Contains(own.Error, "read as the data that it is like, with delimiter ';', decimal ',', missing '-'");
        Assert.AreEqual(own.ShouldSucceed().Output, plain.ShouldSucceed().Output);
        Assert.AreEqual(own.Output, said.ShouldSucceed().Output);
        Assert.AreEqual(own.Output, lines.ShouldSucceed().Output);

        Task<CommandResult> RunAsync(string input, params string[] args) => CommandLine.RunAsync(
            ["predict", "commas", "0", "--input", input, "--store", store, .. args]);
    }

    [TestMethod]
    public async Task Predict_FoldIn_ServesNewUsersFromTheirItems()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        var experiment = folder.Write("new-users.yaml", """
            name: new-users
            task: top-n
            data: { source: simulator, simulator: { users: 60, items: 30, interactions: 900, texts: false } }
            split: { strategy: per-user }
            learners: [ease]
            objective: { maximize: ndcg@5 }
            budget: { trials: 1 }
            evaluation: { bootstrapSamples: 0 }
            """);
        (await CommandLine.RunAsync("run", experiment, "--store", store)).ShouldSucceed();
        var items = Column((await PredictAsync("u")).Output, 2).ToArray();
        var input = folder.Write(
            "input.csv", $"user,item\nfirst,{items[0]}\nfirst,{items[1]}\nsecond,{items[2]}\nsecond,nothing\n");
        var plain = (await CommandLine.RunAsync("predict", "new-users", "0", "-i", input, "--store", store, "--k", "5"))
            .ShouldSucceed().Output;

        var folded = (await CommandLine.RunAsync(
            "predict", "new-users", "0", "-i", input, "--store", store, "--k", "5", "--fold-in")).ShouldSucceed().Output;

        Assert.AreNotEqual(plain, folded);
        var rows = folded.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Trim().Split(',')).ToArray();
        Assert.HasCount(10, rows);
        Assert.IsTrue(rows.All(r => r[3].Length == 0), "served from their own choices");
        Assert.IsFalse(rows.Any(r => r[0] == "first" && (r[2] == items[0] || r[2] == items[1])));
        Assert.IsFalse(rows.Any(r => r[0] == "second" && r[2] == items[2]));

        Task<CommandResult> PredictAsync(string user) => CommandLine.RunAsync(
            "predict", "new-users", "0", "-i", folder.Write("one.csv", $"user\n{user}\n"), "--store", store, "--k", "5");
    }

    [TestMethod]
    public async Task Predict_FoldInByAModelThatCannot_SaysWhichCan()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("input.csv", "user,item\nnobody,i1\n");
        var result = await CommandLine.RunAsync(
            "predict", SharedStudies.Lists, "0", "-i", input, "--store", SharedStudies.Store, "--fold-in");

        Assert.AreEqual(2, result.ExitCode);
        StringAssert.Contains(result.Error, "cannot take new users in");
        StringAssert.Contains(result.Error, "ease");
    }

    [TestMethod]
    public async Task Predict_UnknownUserAndItem_GetAFiniteRating()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("input.csv", "item,user\ni1,nobody\nnothing,u1\nnothing,nobody\ni1,u1\ni1,\n");
        var result = await PredictAsync(OwnRatings.Name, 0, input);

        Assert.StartsWith("row,user,item,prediction,unknown\r\n1,nobody,i1,", result.Output);
        var predictions = Column(result.Output, 3).Select(Number).ToArray();
        Assert.HasCount(5, predictions);
        Assert.IsTrue(predictions.All(double.IsFinite));
        CollectionAssert.AreEqual(new[] { "user", "item", "user and item", "", "user" }, Column(result.Output, 4));
        Assert.Contains("the model does not know 1 of 2 users and 1 of 2 items of the file; 4 of 5 predictions", result.Error);
    }

    [TestMethod]
    public async Task Predict_Output_WritesTheFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("input.csv", "user,item\nu1,i1\n");
        var path = folder.File("predictions.csv");
        var printed = await PredictAsync(OwnRatings.Name, 0, input);
        var written = await PredictAsync(OwnRatings.Name, 0, input, "--output", path);

        Assert.AreEqual("", written.Output);
        Assert.AreEqual(printed.Output, File.ReadAllText(path));
        Assert.DoesNotContain("does not know", written.Error);
    }

    [TestMethod]
    public async Task Predict_ValuesThatBeginAsFormulas_StayAsTheyAre()
    {
        // Programs read predictions by the ids of the input.
        using var folder = new TemporaryFolder();
        var input = folder.Write("input.csv", "user,item\n=1+1,\u001b[31mred\n");
        var result = await PredictAsync(OwnRatings.Name, 0, input);

        Assert.StartsWith("row,user,item,prediction,unknown\r\n1,=1+1,\u001b[31mred,", result.Output);
    }

    [TestMethod]
    public async Task Predict_Texts_GivesProbabilitiesAndTheirDecisions()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write(
            "texts.jsonl",
            """
            {"text": "wonderful, I love it"}
            {"text": "broke after a day, a waste of money"}
            {"text": ""}
            """);
        var result = await PredictAsync(SharedStudies.Reviews, 1, input, "--json");

        var rows = JsonNode.Parse(result.Output)!.AsArray();
        Assert.HasCount(3, rows);
        foreach (var row in rows)
        {
            var probability = (double)row!["probability"]!;
            Assert.IsTrue(probability is > 0 and < 1);
            Assert.AreEqual(probability >= 0.5 ? 1 : 0, (int)row["prediction"]!);
        }
    }

    [TestMethod]
    public async Task Predict_TopN_GivesEachUserDistinctItemsInOrder()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("users.csv", "user\nuser-1\nnobody\nuser-1\n");
        var result = await PredictAsync(SharedStudies.Lists, 0, input, "--k", "5");

        Assert.StartsWith("user,rank,item,unknown\r\n", result.Output);
        CollectionAssert.AreEqual(Enumerable.Repeat("", 5).Concat(Enumerable.Repeat("user", 5)).ToArray(), Column(result.Output, 3));
        Assert.Contains("does not know 1 of 2 users of the file; 5 of 10 predictions", result.Error);
        CollectionAssert.AreEqual(Enumerable.Repeat("user-1", 5).Concat(Enumerable.Repeat("nobody", 5)).ToArray(), Column(result.Output, 0));
        CollectionAssert.AreEqual("1 2 3 4 5 1 2 3 4 5".Split(' '), Column(result.Output, 1));
        Assert.HasCount(5, Column(result.Output, 2)[..5].Distinct());
    }

    [TestMethod]
    public async Task Predict_TopN_LeavesOutWhatTheUserHasUnlessAskedFor()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("users.csv", "user\nuser-1\n");
        var plan = ExperimentPlan.Of(StudyDefinition.FromJson(Record(SharedStudies.Lists).Definition), Registries.Full);
        var whole = MarketplaceSimulator.Generate(
            plan.Experiment.Data.Simulator!, new SeedTree(plan.Experiment.Seed).Fork("data"));
        var has = Enumerable.Range(0, whole.RowCount)
            .Where(row => whole.UserColumn!.Format(row) == "user-1")
            .Select(row => whole.ItemColumn!.Format(row)!).ToHashSet();

        var unseen = Column(
            (await PredictAsync(SharedStudies.Lists, 0, input, "--k", "1000", "--exclude-test")).Output, 2);
        var all = Column((await PredictAsync(SharedStudies.Lists, 0, input, "--k", "1000", "--include-seen")).Output, 2);

        Assert.IsFalse(unseen.Any(has.Contains));
        Assert.IsTrue(all.Any(has.Contains));
    }

    [TestMethod]
    [DataRow("--k 5")]
    [DataRow("--include-seen")]
    [DataRow("--exclude-test")]
    public async Task Predict_OptionOfListsForRatings_IsRefused(string option)
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("input.csv", "user,item\nu1,i1\n");
        var result = await CommandLine.RunAsync(
        [
            "predict", OwnRatings.Name, "0", "--input", input, "--store", SharedStudies.Store, .. option.Split(' '),
        ]);

        result.ShouldRefuse(
            $"{option.Split(' ')[0]} goes with the lists of top-n experiments; 'own-ratings' is rating-prediction.");
    }

    [TestMethod]
    public async Task Predict_WithoutANeededColumn_NamesIt()
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("input.csv", "usr,item\nu1,i1\n");
        var result = await CommandLine.RunAsync(
            "predict", OwnRatings.Name, "0", "--input", input, "--store", SharedStudies.Store);

        result.ShouldRefuse("input.csv", "user", "usr");
    }

    private static StudyRecord Record(string study)
    {
        using var library = StudyLibrary.Open(SharedStudies.Store, Registries.Full);
        return library.Find(study);
    }

    private static async Task<CommandResult> PredictAsync(string study, int trial, string input, params string[] args) =>
        (await CommandLine.RunAsync(
        [
            "predict", study, trial.ToString(CultureInfo.InvariantCulture), "--input", input, "--store", SharedStudies.Store,
            .. args,
        ])).ShouldSucceed();

    private static string[] Column(string csv, int column) =>
        [.. csv.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',')[column])];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
