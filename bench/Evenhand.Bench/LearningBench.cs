using System.Diagnostics;
using Evenhand.Data;
using Evenhand.Learning;

namespace Evenhand.Bench;

/// <summary>Speed of the learners on made-up data: factor updates, full-catalogue rankings, texts.</summary>
/// <remarks>Arguments: number of ratings (4,500,000 by default) and threads (all by default).</remarks>
internal static class LearningBench
{
    private const int Users = 100_000;
    private const int Items = 20_000;
    private const int Iterations = 5;
    private const int RankedUsers = 2_000;
    private const int Texts = 20_000;

    public static void Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0]) : 4_500_000;
        var threads = args.Length > 1 ? int.Parse(args[1]) : Environment.ProcessorCount;
        var ratings = Ratings(count, new SeedTree(1));
        Console.WriteLine(
            $"{count:N0} Zipf-distributed ratings of {Users:N0} users x {Items:N0} items, {threads} threads");
        Console.WriteLine($"{"rank",6} {"M updates/s",12} {"top-10 users/s",15}");
        foreach (var rank in (int[])[8, 32, 64, 128])
        {
            var (model, updates) = Factorize(ratings, rank, threads);
            Console.WriteLine($"{rank,6} {updates / 1e6,12:F1} {RankingsPerSecond(model, ratings, threads),15:N0}");
        }

        MeasureTexts(threads);
    }

    // Users and items are drawn with frequencies rank^-0.5 and rank^-0.8.
    private static Dataset Ratings(int count, SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        var users = Zipf(count, Users, 0.5, random);
        var items = Zipf(count, Items, 0.8, random);
        var labels = new double[count];
        for (var row = 0; row < count; row++)
        {
            labels[row] = Math.Clamp(3.5 + random.NextGaussian(), 1, 5);
        }

        return new Dataset("zipf", new Table(
        [
            new CategoricalColumn("user", users, Names(Users), ColumnRoles.User),
            new CategoricalColumn("item", items, Names(Items), ColumnRoles.Item),
            new NumericColumn("rating", labels, ColumnRoles.Label),
        ]));
    }

    private static int[] Zipf(int count, int values, double exponent, SeededRandom random)
    {
        var cumulative = new double[values];
        var sum = 0.0;
        for (var value = 0; value < values; value++)
        {
            cumulative[value] = sum += Math.Pow(value + 1, -exponent);
        }

        var draws = new int[count];
        for (var i = 0; i < count; i++)
        {
            var place = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            draws[i] = Math.Min(values - 1, place < 0 ? ~place : place);
        }

        return draws;
    }

    private static Vocabulary Names(int count) => new(Enumerable.Range(0, count).Select(i => $"{i}"));

    // The first iteration carries the set-up; it is left out.
    private static (RecommenderModel Model, double UpdatesPerSecond) Factorize(Dataset ratings, int rank, int threads)
    {
        var first = 0L;
        var last = 0L;
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions
        {
            ApproximationRank = rank,
            NumberOfIterations = Iterations,
        });
        var model = learner.Fit(ratings, new FitContext
        {
            Seeds = new SeedTree(2),
            Threads = threads,
            Progress = progress =>
            {
                last = Stopwatch.GetTimestamp();
                first = progress.Done == 1 ? last : first;
            },
        });
        var seconds = Stopwatch.GetElapsedTime(first, last).TotalSeconds;
        return ((RecommenderModel)model, ratings.RowCount * (Iterations - 1.0) / seconds);
    }

    private static double RankingsPerSecond(RecommenderModel model, Dataset seen, int threads)
    {
        var users = Enumerable.Range(0, RankedUsers).ToArray();
        var subset = seen.Select(Enumerable.Range(0, Math.Min(seen.RowCount, 100_000)).ToArray());
        TopN.Recommend(model, users.AsSpan(0, 50), 10, subset, threads);
        var clock = Stopwatch.StartNew();
        TopN.Recommend(model, users, 10, subset, threads);
        return RankedUsers / clock.Elapsed.TotalSeconds;
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
