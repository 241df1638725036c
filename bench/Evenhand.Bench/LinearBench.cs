using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Evenhand.Cli.Tests;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Bench;

/// <summary>Seconds that linear and neighbourhood models take by the size of the catalogue, and which share of the
/// machine's arithmetic the inverse of EASE uses.</summary>
/// <remarks>
/// Arguments: threads (all by default) and sizes of catalogues (1000 and 2000 by default). There are ten users an
/// item, with 40 draws each; items are drawn with frequencies rank^-0.8. Share: n^3 operations in the core-seconds
/// between the first and the last step of the inverse, against fused multiply-adds in registers, on one core, measured
/// in the same run (the best of some tries).
/// </remarks>
internal static class LinearBench
{
    private const int DrawsOfUser = 40;
    private const int RankedUsers = 1000;
    private const int PeakRuns = 10;
    private const int PeakRounds = 20_000_000;

    public static void Run(string[] args)
    {
        var threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        var sizes = args.Length > 1 ? args[1..].Select(a => int.Parse(a, CultureInfo.InvariantCulture)) : [1000, 2000];
        var peak = Enumerable.Range(0, PeakRuns).Max(_ => PeakPerSecond());
        Console.WriteLine($"{threads} threads; {peak / 1e9:F1} G operations/s a core in registers");
        Console.WriteLine(
            $"{"items",7} {"learner",-10} {"fit s",8} {"core-s",8} {"top-10 users/s",15} {"share of peak",14}");
        foreach (var size in sizes)
        {
            var choices = Choices(size, new SeedTree(1));
            foreach (var name in (string[])["ease", "slim", "item-knn", "user-knn"])
            {
                Measure(name, choices, threads, peak);
            }
        }
    }

    private static void Measure(string name, Dataset choices, int threads, double peak)
    {
        var process = Process.GetCurrentProcess();
        var (first, last, steps) = (TimeSpan.Zero, TimeSpan.Zero, 0L);
        var learner = Registries.Full.Get<LearnerDescriptor>(name).Create(Registries.Full.Get<LearnerDescriptor>(name).CreateDefaultOptions());
        var before = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var model = (RecommenderModel)learner.Fit(choices, new FitContext
        {
            Seeds = new SeedTree(2),
            Threads = threads,
            Progress = progress =>
            {
                process.Refresh();
                last = process.TotalProcessorTime;
                first = progress.Done == 1 ? last : first;
                steps = progress.Total;
            },
        });
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        var cores = (process.TotalProcessorTime - before).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        TopN.Recommend(model, [.. Enumerable.Range(0, RankedUsers)], 10, choices, threads);
        var rankings = RankedUsers / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var operations = Math.Pow(model.Items.Count, 3) * (steps - 1) / steps;
        var share = name == "ease" ? $"{operations / (last - first).TotalSeconds / peak:P0}" : "";
        Console.WriteLine(
            $"{model.Items.Count,7} {name,-10} {seconds,8:F2} {cores,8:F2} {rankings,15:N0} {share,14}");
    }

    // Twelve chains of multiply-adds, as many sums as the kernel of the inverse holds, keep both ports busy.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double PeakPerSecond()
    {
        var x = Vector512.Create(0.999999);
        var (a, b, c, d, e, f) = (x, x, x, x, x, x);
        var (g, h, i, j, k, l) = (x, x, x, x, x, x);
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < PeakRounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, x);
            b = Vector512.FusedMultiplyAdd(b, x, x);
            c = Vector512.FusedMultiplyAdd(c, x, x);
            d = Vector512.FusedMultiplyAdd(d, x, x);
            e = Vector512.FusedMultiplyAdd(e, x, x);
            f = Vector512.FusedMultiplyAdd(f, x, x);
            g = Vector512.FusedMultiplyAdd(g, x, x);
            h = Vector512.FusedMultiplyAdd(h, x, x);
            i = Vector512.FusedMultiplyAdd(i, x, x);
            j = Vector512.FusedMultiplyAdd(j, x, x);
            k = Vector512.FusedMultiplyAdd(k, x, x);
            l = Vector512.FusedMultiplyAdd(l, x, x);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var sum = Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        return double.IsNaN(sum) ? throw new InvalidOperationException() : 12.0 * 2 * 8 * PeakRounds / seconds;
    }

    private static Dataset Choices(int itemCount, SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        var cumulative = new double[itemCount];
        var sum = 0.0;
        for (var item = 0; item < itemCount; item++)
        {
            cumulative[item] = sum += Math.Pow(item + 1, -0.8);
        }

        var users = new int[10 * itemCount * DrawsOfUser];
        var items = new int[users.Length];
        for (var row = 0; row < users.Length; row++)
        {
            users[row] = row / DrawsOfUser;
            var place = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            items[row] = Math.Min(itemCount - 1, place < 0 ? ~place : place);
        }

        return new Dataset("zipf", new Table(
        [
            new CategoricalColumn("user", users, Names(10 * itemCount), ColumnRoles.User),
            new CategoricalColumn("item", items, Names(itemCount), ColumnRoles.Item),
        ]));
    }

    private static Vocabulary Names(int count) =>
        new(Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture)));
}
