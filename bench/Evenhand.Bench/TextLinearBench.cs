using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Evenhand.Cli.Tests;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Splits;
using Evenhand.Learning;

namespace Evenhand.Bench;

/// <summary>Accuracy and seconds of linear text classifiers on a public set, beside scikit-learn's TfidfVectorizer and
/// LogisticRegression on the same rows.</summary>
/// <remarks>
/// Arguments: data set, with <c>@column</c> for a label other than the set's (womens-clothing-reviews by default);
/// <c>test</c> (the default) or <c>validation</c>; then learners, each with options as <c>name:key=value,key=value</c>
/// (the peer, which is called scikit-learn, and ours with their defaults where none is given). Means over the seeds 0
/// to 2 of stratified splits of 80, 10 and 10 %; two threads. The peer runs under /usr/bin/python3 on one thread and is
/// left out where that lacks scikit-learn.
/// </remarks>
internal static class TextLinearBench
{
    private const int Seeds = 3;
    private const string PeerName = "scikit-learn";

    private const string Peer = """
        import json, sys, time
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        train, test = [[json.loads(line) for line in open(path, encoding="utf-8")] for path in sys.argv[1:3]]
        chinese = sum("\u4e00" <= c <= "\u9fff" for row in train[:1000] for c in row[0]) > 1000
        start = time.perf_counter()
        features = TfidfVectorizer(
            ngram_range=(1, 3) if chinese else (1, 2), analyzer="char" if chinese else "word", sublinear_tf=True,
            token_pattern=r"(?u)\b\w[\w']*\b")
        model = LogisticRegression(C=10, max_iter=1000)
        model.fit(features.fit_transform([row[0] for row in train]), [row[1] for row in train])
        seconds = time.perf_counter() - start
        print(model.score(features.transform([row[0] for row in test]), [row[1] for row in test]), seconds)
        """;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static void Run(string[] args)
    {
        var set = args.Length > 0 ? args[0] : "womens-clothing-reviews";
        var validates = args.Length > 1 && args[1] == "validation";
        string[] learners = args.Length > 2 ? args[2..] : [PeerName, "logistic-regression", "naive-bayes"];
        var data = Load(set);
        var splits = Enumerable.Range(0, Seeds)
            .Select(seed => Splitter.Split(
                data, new SplitOptions { Strategy = SplitStrategy.Stratified }, new SeedTree(seed)))
            .Select(split => (split.Train, Test: validates ? split.Validation : split.Test))
            .ToArray();
        Console.WriteLine($"{set}: {data.RowCount:N0} texts, {(validates ? "validation" : "test")} part, {Seeds} seeds");
        Console.WriteLine($"{"accuracy",8} {"by seed",-22} {"fit s",6}");
        foreach (var learner in learners)
        {
            var made = learner == PeerName ? null : Make(learner);
            Print(learner, splits.Select(split =>
                made is null ? RunPeer(split.Train, split.Test) : Measure(made, split.Train, split.Test)));
        }
    }

    private static Dataset Load(string set)
    {
        var parts = set.Split('@');
        var data = DatasetLoader.Load(DataCatalogue.Default.Get(parts[0]), new LoadOptions(), out _);
        var columns = data.Rows.Columns.Select(column =>
            parts.Length < 2 ? column
            : column.Name == parts[1] ? column.With(roles: ColumnRoles.Label)
            : column.With(roles: column.Roles & ~ColumnRoles.Label));
        return new Dataset(set, new Table(columns));
    }

    private static Learner Make(string argument)
    {
        var parts = argument.Split(':', 2);
        var descriptor = Registries.Full.Get<LearnerDescriptor>(parts[0]);
        var options = new JsonObject();
        foreach (var pair in parts.Length < 2 ? [] : parts[1].Split(','))
        {
            var (key, value) = (pair.Split('=')[0], pair.Split('=')[1]);
            options[key] = value is "true" or "false" ? value == "true"
                : double.TryParse(value, CultureInfo.InvariantCulture, out var number)
                    ? JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture))
                    : value;
        }

        return descriptor.Create((LearnerOptions)options.Deserialize(descriptor.OptionsType, Json)!);
    }

    private static (double Accuracy, double Seconds)? Measure(Learner learner, Dataset train, Dataset test)
    {
        var start = Stopwatch.GetTimestamp();
        var model = learner.Fit(train, new FitContext { Seeds = new SeedTree(0), Threads = 2 });
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var decisions = model.Predict(test) switch
        {
            MulticlassPredictions several => several.Decisions,
            var two => ((ClassPredictions)two).Decisions,
        };
        var right = decisions.Where((decision, row) => test.Label is CategoricalColumn category
            ? category.Codes[row] == decision
            : ((NumericColumn)test.Label!).Values[row] == decision).Count();
        return ((double)right / test.RowCount, seconds);
    }

    private static (double Accuracy, double Seconds)? RunPeer(Dataset train, Dataset test)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-bench-").FullName;
        try
        {
            var (script, trainFile, testFile) =
                (Path.Combine(folder, "peer.py"), Path.Combine(folder, "train"), Path.Combine(folder, "test"));
            File.WriteAllText(script, Peer);
            File.WriteAllLines(trainFile, Lines(train));
            File.WriteAllLines(testFile, Lines(test));
            using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, trainFile, testFile])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["OMP_NUM_THREADS"] = "1", ["OPENBLAS_NUM_THREADS"] = "1" },
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd().Split(' ');
            process.WaitForExit();
            return process.ExitCode != 0
                ? null
                : (double.Parse(output[0], CultureInfo.InvariantCulture),
                    double.Parse(output[1], CultureInfo.InvariantCulture));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Lines(Dataset data) => Enumerable.Range(0, data.RowCount).Select(row =>
        JsonSerializer.Serialize(new[] { data.Text!.Values[row] ?? "", data.Label!.Format(row) }));

    private static void Print(string name, IEnumerable<(double Accuracy, double Seconds)?> results)
    {
        var all = results.ToArray();
        if (all.Any(result => result is null))
        {
            Console.WriteLine($"{"-",8} {"",-22} {"-",6} {name}: not there");
            return;
        }

        var accuracies = all.Select(result => result!.Value.Accuracy).ToArray();
        var seconds = all.Select(result => result!.Value.Seconds).Order().ElementAt(Seeds / 2);
        Console.WriteLine(
            $"{accuracies.Average(),8:F4} {string.Join(' ', accuracies.Select(a => $"{a:F4}")),-22} {seconds,6:F2} {name}");
    }
}
