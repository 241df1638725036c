using System.Diagnostics;
using Evenhand.Data;
using Evenhand.Learning;

namespace Evenhand.Bench;

/// <summary>Speed of the learners on made-up data: factor updates, texts.</summary>
/// <remarks>Arguments: number of ratings (4,500,000 by default) and threads (all by default).</remarks>
internal static class LearningBench
{
    private const int Users = 100_000;
    private const int Items = 20_000;
    private const int Iterations = 5;
    private const int Texts = 20_000;

    public static void Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0]) : 4_500_000;
        var threads = args.Length > 1 ? int.Parse(args[1]) : Environment.ProcessorCount;
        var ratings = ZipfRatings.Make(Users, Items, count, new SeedTree(1));
        Console.WriteLine(
            $"{count:N0} Zipf-distributed ratings of {Users:N0} users x {Items:N0} items, {threads} threads");
        Console.WriteLine($"{"rank",6} {"M updates/s",12}");
        foreach (var rank in (int[])[8, 32, 64, 128])
        {
            Console.WriteLine($"{rank,6} {UpdatesPerSecond(ratings, rank, threads) / 1e6,12:F1}");
        }

        MeasureTexts(threads);
    }

    // The first iteration carries the set-up; it is left out.
    private static double UpdatesPerSecond(Dataset ratings, int rank, int threads)
    {
        var first = 0L;
        var last = 0L;
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions
        {
            ApproximationRank = rank,
            NumberOfIterations = Iterations,
        });
        learner.Fit(ratings, new FitContext
        {
            Seeds = new SeedTree(2),
            Threads = threads,
            Progress = progress =>
            {
                last = Stopwatch.GetTimestamp();
                first = progress.Done == 1 ? last : first;
            },
        });
        return ratings.RowCount * (Iterations - 1.0) / Stopwatch.GetElapsedTime(first, last).TotalSeconds;
    }

    private static void MeasureTexts(int threads)
    {
        var random = new SeedTree(3).CreateRandom();
        var words = Enumerable.Range(0, 20_000).Select(i => $"w{i:x}").ToArray();
        var texts = new string?[Texts];
        var labels = new double[Texts];
        for (var row = 0; row < Texts; row++)
        {
            labels[row] = random.Next(2);
            texts[row] = string.Join(' ', Enumerable.Range(0, 60).Select(_ =>
                words[(int)(words.Length * Math.Pow(random.NextDouble(), 4 + labels[row]))]));
        }

        var data = new Dataset("texts", new Table(
        [
            new TextColumn("text", texts, ColumnRoles.Text),
            new NumericColumn("class", labels, ColumnRoles.Label),
        ]));
        var learner = new LogisticRegressionLearner(new LogisticRegressionOptions());
        var clock = Stopwatch.StartNew();
        var model = learner.Fit(data, new FitContext { Seeds = new SeedTree(4), Threads = threads });
        var fit = clock.Elapsed.TotalSeconds;
        clock.Restart();
        model.Predict(data);
        Console.WriteLine($"{Texts:N0} texts of 60 words, words and pairs: {Texts / fit:N0} texts/s to fit, "
            + $"{Texts / clock.Elapsed.TotalSeconds:N0} texts/s to predict on one thread");
    }
}
