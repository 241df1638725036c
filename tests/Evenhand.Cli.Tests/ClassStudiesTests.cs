using System.Globalization;
using System.Text.Json.Nodes;
using Evenhand.Configuration.Randomness;
using Evenhand.Experiments.Files;

namespace Evenhand.Cli.Tests;

/// <summary>Studies of texts with several classes and with sets of labels, from files to the audit of what was
/// predicted.</summary>
[TestClass]
public sealed class ClassStudiesTests
{
    private const string Experiment = """
        name: NAME
        task: TASK
        data:
          rows:
            files: [{ path: train.csv }]
            columns:
              - { name: text, type: text, role: text }
              - { name: label, type: TYPE }
              - { name: author, type: category }
          label: { column: label }
          groups: { row: [author] }
        split: { strategy: files, trainFile: train.csv, validationFile: validation.csv, testFile: test.csv }
        learners:
          - logistic-regression: { l2Regularization: { float: [0.1, 10], log: true }, hashBits: 12 }
        mitigation:
          pre: [none, reweighing: { group: author }]
        objective: { maximize: METRIC, fairness: { metric: METRIC-difference, group: author, weight: 0.5 } }
        budget: { trials: 4 }
        evaluation: { bootstrapSamples: 20, minimumGroupSize: 10, finalists: 2 }
        """;

    private static readonly string[] Topics = ["price", "service", "taste"];

    [TestMethod]
    [DataRow("multiclass-text-classification", "category", "macro-f1", null)]
    [DataRow("multi-label-text-classification", "categories", "label-micro-f1", "|")]
    public async Task Run_OwnTexts_PredictsWhatTheLeaderboardMeasured(
        string task, string type, string metric, string? separator)
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        var rows = Write(folder, separator is not null);
        var file = folder.Write("texts.yaml", Experiment
            .Replace("NAME", type, StringComparison.Ordinal).Replace("TASK", task, StringComparison.Ordinal)
            .Replace("TYPE", type, StringComparison.Ordinal).Replace("METRIC", metric, StringComparison.Ordinal));
        (await CommandLine.RunAsync("run", file, "--store", store)).ShouldSucceed();
        var leaderboard = JsonNode.Parse(
            (await CommandLine.RunAsync("leaderboard", type, "--store", store, "--json")).ShouldSucceed().Output)!;
        var best = leaderboard["trials"]![0]!;
        Assert.IsGreaterThan(0.6, Value(best["validation"]!, metric));
        Assert.IsNotNull(best["test"], "The best trial is a finalist.");

        var predicted = (await CommandLine.RunAsync(
            "predict", type, $"{best["number"]}", "--input", folder.File("validation.csv"), "--store", store))
            .ShouldSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        StringAssert.StartsWith(predicted[0], "row,prediction,probability-");
        Assert.HasCount(rows.Length + 1, predicted);
        var joined = folder.Write("joined.csv", string.Concat(
            predicted.Select((line, i) => i == 0 ? $"label,author,{line}\n" : $"{rows[i - 1].Label},{rows[i - 1].Author},{line}\n")));
        string[] sets = separator is null ? [] : ["--separator", separator];
        var audit = JsonNode.Parse((await CommandLine.RunAsync(
            [
                "audit", joined, "--label", "label", "--prediction", "prediction", "--score", "probability", "--group",
                "author", "--bootstrap-samples", "0", "--json", .. sets,
            ])).ShouldSucceed().Output)!;
        foreach (var (name, figure) in best["validation"]!.AsObject())
        {
            Assert.AreEqual((double)figure!["value"]!, Value(audit["metrics"]!, name), 1e-9, name);
        }
    }

    [TestMethod]
    [DataRow("multiclass-text-classification", "macro-f1", "multiclass-demographic-parity-difference")]
    [DataRow("multi-label-text-classification", "samples-f1", "multi-label-demographic-parity-difference")]
    public async Task Run_Simulator_LabelsTheTextsForTheTask(string task, string metric, string gap)
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        var file = folder.Write("simulated.yaml", $$"""
            name: simulated
            task: {{task}}
            data:
              source: simulator
              simulator: { users: 80, items: 40, interactions: 900 }
              groups: { user: [gender] }
            learners: [logistic-regression: { hashBits: 12 }]
            objective: { maximize: {{metric}}, constraints: [{ metric: {{gap}}, group: gender, atMost: 0.5 }] }
            budget: { trials: 1 }
            evaluation: { bootstrapSamples: 20, minimumGroupSize: 5 }
            """);
        (await CommandLine.RunAsync("run", file, "--store", store)).ShouldSucceed();
        var shown = (await CommandLine.RunAsync("show", "simulated", "0", "--store", store)).ShouldSucceed().Output;
        StringAssert.Contains(shown, metric);
        StringAssert.Contains(shown, gap);
    }

    private static double Value(JsonNode figures, string metric) => (double)figures[metric]!["value"]!;

    // Each topic has a word, which is there where the text is about it.
    private static (string Label, string Author)[] Write(TemporaryFolder folder, bool isSets)
    {
        var random = new SeedTree(4).CreateRandom();
        var rows = Enumerable.Range(0, 420).Select(_ =>
        {
            var about = Topics.Where(_ => random.Next(2) == 0).ToArray();
            var words = about.Concat(Enumerable.Range(0, 4).Select(_ => $"w{random.Next(30)}"));
            var label = isSets ? about.Length == 0 ? "|" : string.Join('|', about) : about.FirstOrDefault() ?? "other";
            return (Text: string.Join(' ', words), Label: label, Author: random.Next(2) == 0 ? "f" : "m");
        }).ToArray();
        string Csv(IEnumerable<(string Text, string Label, string Author)> part) =>
            "text,label,author\n" + string.Concat(part.Select(
                row => string.Create(CultureInfo.InvariantCulture, $"{row.Text},{row.Label},{row.Author}\n")));
        folder.Write("train.csv", Csv(rows[..240]));
        folder.Write("validation.csv", Csv(rows[240..330]));
        folder.Write("test.csv", Csv(rows[330..]));
        return [.. rows[240..330].Select(row => (row.Label, row.Author))];
    }
}
