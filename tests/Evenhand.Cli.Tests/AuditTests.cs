using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Cli.Tests;

/// <summary><c>audit</c> against scikit-learn, run by the test: overall, by group and by crossing of groups.</summary>
/// <remarks>Developed with scikit-learn 1.2.1 (Debian's python3-sklearn).</remarks>
[TestClass]
public sealed class AuditTests
{
    private const int Rows = 2000;
    private const double Tolerance = 1e-9;
    private const string Python = "/usr/bin/python3";

    // Reads the same file and prints {attribute: {group: {metric: value}}}; the whole is the group "all" of "overall".
    private const string Script = """
        import csv, json, sys
        import numpy as np
        from sklearn import metrics

        rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))

        def classes(part):
            label = np.array([int(r["label"]) for r in part])
            decision = np.array([int(r["decision"]) for r in part])
            score = np.array([float(r["score"]) for r in part])
            tn, fp, fn, tp = metrics.confusion_matrix(label, decision, labels=[0, 1]).ravel()
            return {
                "count": len(part),
                "accuracy": metrics.accuracy_score(label, decision),
                "balanced-accuracy": metrics.balanced_accuracy_score(label, decision),
                "precision": metrics.precision_score(label, decision),
                "recall": metrics.recall_score(label, decision),
                "f1": metrics.f1_score(label, decision),
                "roc-auc": metrics.roc_auc_score(label, score),
                "log-loss": metrics.log_loss(label, score),
                "selection-rate": float(np.mean(decision)),
                "true-positive-rate": tp / (tp + fn),
                "true-negative-rate": tn / (tn + fp),
                "false-positive-rate": fp / (fp + tn),
                "false-negative-rate": fn / (fn + tp),
            }

        def ratings(part):
            label = np.array([float(r["stars"]) for r in part])
            prediction = np.array([float(r["predicted"]) for r in part])
            return {
                "count": len(part),
                "rmse": metrics.mean_squared_error(label, prediction, squared=False),
                "mae": metrics.mean_absolute_error(label, prediction),
            }

        measure = {"classes": classes, "ratings": ratings}[sys.argv[2]]
        result = {"overall": {"all": measure(rows)}}
        for names in (["gender"], ["region"], ["gender", "region"]):
            groups = {}
            for row in rows:
                if all(row[n] for n in names):
                    groups.setdefault("*".join(row[n] for n in names), []).append(row)
            result["*".join(names)] = {name: measure(part) for name, part in groups.items()}
        print(json.dumps(result))
        """;

    [TestMethod]
    public async Task Audit_Classes_EqualsScikitLearn()
    {
        using var folder = new TemporaryFolder();
        var file = WritePredictions(folder);
        var expected = await ScikitLearnAsync(folder, file, "classes");

        var actual = await AuditAsync(
            file, "--label", "label", "--prediction", "decision", "--score", "score", "--group", "gender,region");

        AssertSame(expected, actual);
    }

    [TestMethod]
    public async Task Audit_Ratings_EqualsScikitLearn()
    {
        using var folder = new TemporaryFolder();
        var file = WritePredictions(folder);
        var expected = await ScikitLearnAsync(folder, file, "ratings");

        var actual = await AuditAsync(file, "--label", "stars", "--prediction", "predicted", "--group", "gender,region");

        AssertSame(expected, actual);
    }

    [TestMethod]
    public async Task Audit_Gaps_AreThoseOfTheGroups()
    {
        using var folder = new TemporaryFolder();
        var audit = await AuditAsync(
            WritePredictions(folder), "--label", "label", "--prediction", "decision", "--group", "region", "--metrics",
            "accuracy,accuracy-difference,accuracy-ratio,accuracy-worst-group,demographic-parity-difference,"
            + "equal-opportunity-difference,equalized-odds-difference");

        // The islands are too few to count.
        var groups = audit["groups"]!["region"]!.AsObject().Select(g => g.Value!).Where(g => g["belowMinimum"] is null).ToArray();
        Assert.HasCount(4, groups);
        var accuracy = Values("accuracy");
        Assert.AreEqual(accuracy.Max() - accuracy.Min(), Gap("accuracy-difference"), Tolerance);
        Assert.AreEqual(accuracy.Min() / accuracy.Max(), Gap("accuracy-ratio"), Tolerance);
        Assert.AreEqual(accuracy.Min(), Gap("accuracy-worst-group"), Tolerance);
        Assert.AreEqual(Range("selection-rate"), Gap("demographic-parity-difference"), Tolerance);
        Assert.AreEqual(Range("true-positive-rate"), Gap("equal-opportunity-difference"), Tolerance);
        Assert.AreEqual(
            Math.Max(Range("true-positive-rate"), Range("false-positive-rate")), Gap("equalized-odds-difference"), Tolerance);

        double[] Values(string metric) => [.. groups.Select(g => (double)g[metric]!)];
        double Range(string metric) => Values(metric).Max() - Values(metric).Min();
        double Gap(string name) => (double)audit["fairness"]![$"{name}(region)"]!["value"]!;
    }

    [TestMethod]
    public async Task Audit_Json_HasTheShapeOfTheLeaderboard()
    {
        using var folder = new TemporaryFolder();
        var audit = await AuditAsync(WritePredictions(folder), "--label", "label", "--prediction", "decision", "--group", "gender");

        CollectionAssert.AreEqual(
            new[] { "rows", "metrics", "groups", "fairness" }, audit.AsObject().Select(p => p.Key).ToArray());
        Assert.AreEqual(Rows, (int)audit["rows"]!);
        foreach (var (_, figure) in audit["metrics"]!.AsObject().Concat(audit["fairness"]!.AsObject()))
        {
            CollectionAssert.AreEqual(new[] { "value", "low", "high" }, figure!.AsObject().Select(p => p.Key).ToArray());
        }

        // Scores are not given, so nothing that needs them is there.
        Assert.IsNull(audit["metrics"]!["roc-auc"]);
        var female = audit["groups"]!["gender"]!["female"]!;
        var bounds = female["bounds"]!["accuracy"]!;
        Assert.IsTrue((double)bounds["low"]! <= (double)female["accuracy"]! && (double)female["accuracy"]! <= (double)bounds["high"]!);
    }

    [TestMethod]
    public async Task Audit_Words_AreReadLikeNumbers()
    {
        using var folder = new TemporaryFolder();
        var numbers = folder.Write("numbers.csv", "label,decision,g\n1,1,a\n0,1,a\n1,0,b\n0,0,b\n1,1,b\n");
        var words = folder.Write("words.csv", "label,decision,g\nyes,yes,a\nno,yes,a\nyes,no,b\nno,no,b\nyes,yes,b\n");
        var named = folder.Write("named.csv", "label,decision,g\ngood,good,a\nbad,good,a\ngood,bad,b\nbad,bad,b\ngood,good,b\n");
        string[] columns = ["--label", "label", "--prediction", "decision", "--group", "g"];
        var expected = (await AuditAsync([numbers, .. columns])).ToJsonString();

        Assert.AreEqual(expected, (await AuditAsync([words, .. columns])).ToJsonString());
        Assert.AreEqual(expected, (await AuditAsync([named, .. columns, "--positive", "good"])).ToJsonString());
    }

    [TestMethod]
    public async Task Audit_Table_ShowsEveryPopulation()
    {
        using var folder = new TemporaryFolder();
        var result = (await CommandLine.RunAsync(
            "audit", WritePredictions(folder), "--label", "label", "--prediction", "decision", "--group", "gender,region",
            "--bootstrap-samples", "0")).ShouldSucceed();

        foreach (var text in new[] { "all", "gender = female", "region = north", "gender*region = male*west", "(too few)" })
        {
            StringAssert.Contains(result.Output, text);
        }
    }

    // Two sensitive attributes with unequal groups, some of them unknown, and a model that is worse for one of them.
    private static string WritePredictions(TemporaryFolder folder)
    {
        string[] regions = ["north", "east", "south", "west"];
        var random = new SeedTree(11).CreateRandom();
        var text = new StringBuilder("id,label,decision,score,stars,predicted,gender,region\n");
        for (var row = 0; row < Rows; row++)
        {
            var female = random.NextDouble() < 0.35;
            var region = Math.Min((int)(Math.Pow(random.NextDouble(), 2) * 4), 3);
            var label = random.NextDouble() < 0.3 + (0.1 * region) ? 1 : 0;
            var signal = label + ((female ? 1.6 : 1.1) * (random.NextDouble() - 0.5));

            // Scores are rounded, so that some are tied.
            var score = Math.Round(1 / (1 + Math.Exp(-3 * (signal - 0.5))), 2);
            var stars = 1 + random.Next(5);
            var predicted = Math.Clamp(stars + (2 * (random.NextDouble() - 0.5)), 1, 5);
            text.Append(CultureInfo.InvariantCulture, $"{row},{label},{(score >= 0.5 ? 1 : 0)},{score:R},{stars},{predicted:R},")
                .Append(random.NextDouble() < 0.05 ? "" : female ? "female" : "male").Append(',')
                .Append(random.NextDouble() < 0.03 ? "" : row % 200 == 7 ? "islands" : regions[region]).Append('\n');
        }

        return folder.Write("predictions.csv", text.ToString());
    }

    private static async Task<JsonNode> AuditAsync(params string[] args) =>
        JsonNode.Parse((await CommandLine.RunAsync(["audit", .. args, "--bootstrap-samples", "20", "--json"])).ShouldSucceed().Output)!;

    private static void AssertSame(JsonNode expected, JsonNode actual)
    {
        var compared = 0;
        foreach (var (attribute, groups) in expected.AsObject())
        {
            if (attribute != "overall")
            {
                CollectionAssert.AreEquivalent(Names(groups!), Names(actual["groups"]![attribute]!), attribute);
            }

            foreach (var (group, metrics) in groups!.AsObject())
            {
                foreach (var (metric, value) in metrics!.AsObject())
                {
                    var found = attribute != "overall" ? actual["groups"]![attribute]![group]![metric]
                        : metric == "count" ? actual["rows"]
                        : actual["metrics"]![metric]!["value"];
                    Assert.AreEqual((double)value!, (double)found!, Tolerance, $"{metric} of {attribute} {group}");
                    compared++;
                }
            }
        }

        Assert.IsGreaterThan(50, compared);

        static string[] Names(JsonNode node) => [.. node.AsObject().Select(p => p.Key)];
    }

    private static async Task<JsonNode> ScikitLearnAsync(TemporaryFolder folder, string file, string kind)
    {
        var (exitCode, output, error) = File.Exists(Python)
            ? await PythonAsync(folder.Write("measure.py", Script), file, kind)
            : (1, "", "No module named");
        if (exitCode != 0 && error.Contains("No module named", StringComparison.Ordinal))
        {
            Assert.Inconclusive("scikit-learn is missing: apt-get install python3-sklearn");
        }

        Assert.AreEqual(0, exitCode, error);
        return JsonNode.Parse(output)!;
    }

    private static async Task<(int ExitCode, string Output, string Error)> PythonAsync(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
