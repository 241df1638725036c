using System.Diagnostics;
using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;

namespace Evenhand.Bench;

/// <summary>Group metrics and their bootstrap, each on two threads: the best and the median of several runs.</summary>
internal static class MetricsBench
{
    private static readonly string[] Counts = ["accuracy", "precision", "recall", "selection-rate"];
    private static readonly Dictionary<int, int[]> KnownCodes = [];

    public static void Run(string[] args)
    {
        var million = Classification(1_000_000);
        var hundredThousand = Classification(100_000);
        var ratings = Ratings(100_000);
        Measure("1 M rows x 8 groups x 4 metrics (target 20 ms)", 1_000_000, 30, () => Compute(million, Counts, 0));
        Measure("the same with ROC AUC", 1_000_000, 3, () => Compute(million, [.. Counts, "roc-auc"], 0));
        Measure("1000 resamples of 100,000 rows, 8 groups, 4 metrics (target 2 s)", 100_000_000, 5,
            () => Compute(hundredThousand, Counts, 1000));
        Measure("the same, users as units", 100_000_000, 5,
            () => Compute(hundredThousand with { Units = Users(100_000) }, Counts, 1000));
        Measure("the same, with log loss (rows drawn)", 100_000_000, 3,
            () => Compute(hundredThousand, [.. Counts, "log-loss"], 1000));
        Measure("the same, with ROC AUC (rows drawn)", 100_000_000, 3,
            () => Compute(hundredThousand, [.. Counts, "roc-auc"], 1000));
        Measure("RMSE and MAE, 1000 resamples of 100,000 ratings, 8 groups", 100_000_000, 3,
            () => Compute(ratings, ["rmse", "mae"], 1000));
        Measure("the five unfairness measures on them, 2,000 items", 100_000_000, 3,
            () => Compute(ratings, [], 1000).Fairness(MetricCatalogue.BuiltIn.GetFairness("value-unfairness"), "group"));
    }

    private static GroupReport Compute(EvaluationData data, string[] metrics, int resamples) =>
        GroupReport.Compute(
            data,
            [.. metrics.Select(MetricCatalogue.BuiltIn.Get)],
            [new GroupCodes("group", Codes(data.Count), [.. "abcdefgh".Select(c => c.ToString())])],
            new GroupReportOptions { Seeds = new SeedTree(1), BootstrapSamples = resamples, Threads = 2 });

    private static int[] Codes(int rows)
    {
        if (!KnownCodes.TryGetValue(rows, out var codes))
        {
            var random = new SeededRandom(3);
            KnownCodes.Add(rows, codes = [.. Enumerable.Range(0, rows).Select(_ => random.Next(8))]);
        }

        return codes;
    }

    private static int[] Users(int rows) => [.. Enumerable.Range(0, rows).Select(row => row / 20)];

    private static ClassificationEvaluation Classification(int rows)
    {
        var random = new SeededRandom(1);
        var labels = new int[rows];
        var scores = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = random.Next(2);
            scores[row] = ((0.3 * labels[row]) + random.NextDouble()) / 1.3;
        }

        return new ClassificationEvaluation(labels, Array.ConvertAll(scores, score => score > 0.5 ? 1 : 0))
        {
            Scores = scores,
        };
    }

    private static RatingEvaluation Ratings(int rows)
    {
        var random = new SeededRandom(2);
        double[] labels = [.. Enumerable.Range(0, rows).Select(_ => 1.0 + random.Next(5))];
        return new RatingEvaluation(labels, Array.ConvertAll(labels, label => label + random.NextGaussian()))
        {
            Items = [.. Enumerable.Range(0, rows).Select(_ => random.Next(2000))],
        };
    }

    private static void Measure(string what, long rows, int runs, Action action)
    {
        action();
        var seconds = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        Console.WriteLine($"{what}: best {seconds[0] * 1e3:F1} ms, median {seconds[runs / 2] * 1e3:F1} ms, "
            + $"{rows / seconds[0] / 1e6:F0} M rows/s");
    }
}
