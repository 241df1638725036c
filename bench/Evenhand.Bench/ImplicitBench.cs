using System.Diagnostics;
using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

namespace Evenhand.Bench;

/// <summary>Seconds for an iteration of iALS with each solver, on choices of MovieLens 20M's shape.</summary>
/// <remarks>
/// Arguments: number of choices (20,000,000 by default), factors (64) and threads (all). The peer's figure is the one
/// published with the library <c>implicit</c>, on another machine: only core-seconds can be set side by side, and with
/// care.
/// </remarks>
internal static class ImplicitBench
{
    private const int Users = 138_493;
    private const int Items = 26_744;
    private const int Iterations = 3;

    // implicit, ML-20M, 64 factors, 8 cores: .84 s an iteration.
    private const double PublishedCoreSeconds = 0.84 * 8;
    private const double PublishedChoices = 20_000_263;

    public static void Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000_000;
        var rank = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 64;
        var threads = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        var choices = Choices(count, new SeedTree(1));
        Console.WriteLine(
            $"{count:N0} choices of {Users:N0} users and {Items:N0} items, {rank} factors, {threads} threads");
        Console.WriteLine(
            $"{"solver",-24} {"s/iteration",12} {"core-seconds",13} {"published / ours, per core and choice",38}");
        foreach (var solver in Enum.GetValues<ImplicitSolver>())
        {
            var (seconds, cores) = SecondsOfIteration(choices, rank, threads, solver);
            var ratio = rank == 64
                ? $"{PublishedCoreSeconds / PublishedChoices / (cores / count):F2}"
                : "(64 factors only)";
            Console.WriteLine($"{solver,-24} {seconds,12:F2} {cores,13:F2} {ratio,38}");
        }

        Console.WriteLine("published: .84 s x 8 cores for implicit's conjugate gradient (3 steps) on other hardware");
    }

    // The first iteration carries the set-up; it is left out.
    private static (double Seconds, double CoreSeconds) SecondsOfIteration(
        Dataset choices, int rank, int threads, ImplicitSolver solver)
    {
        var (first, last) = (0L, 0L);
        var (firstCores, lastCores) = (TimeSpan.Zero, TimeSpan.Zero);
        var learner = new ImplicitAlternatingLeastSquaresLearner(new ImplicitAlternatingLeastSquaresOptions
        {
            ApproximationRank = rank,
            NumberOfIterations = Iterations,
            Solver = solver,
        });
        learner.Fit(choices, new FitContext
        {
            Seeds = new SeedTree(2),
            Threads = threads,
            Progress = progress =>
            {
                last = Stopwatch.GetTimestamp();
                lastCores = Process.GetCurrentProcess().TotalProcessorTime;
                (first, firstCores) = progress.Done == 1 ? (last, lastCores) : (first, firstCores);
            },
        });
        return (
            Stopwatch.GetElapsedTime(first, last).TotalSeconds / (Iterations - 1),
            (lastCores - firstCores).TotalSeconds / (Iterations - 1));
    }

    // Distinct pairs: each user takes a share of the choices that falls with its rank, at least 20 as there, and draws
    // items by rank^-0.8 until so many are distinct.
    private static Dataset Choices(int count, SeedTree seeds)
    {
        var random = seeds.CreateRandom();
        var cumulative = new double[Items];
        var sum = 0.0;
        for (var item = 0; item < Items; item++)
        {
            cumulative[item] = sum += Math.Pow(item + 1, -0.8);
        }

        var shares = Enumerable.Range(1, Users).Select(user => Math.Pow(user + 100, -0.6)).ToArray();
        var scale = (count - (20.0 * Users)) / shares.Sum();
        var users = new int[count];
        var items = new int[count];
        var row = 0;
        var seen = new HashSet<int>();
        for (var user = 0; user < Users && row < count; user++)
        {
            seen.Clear();
            var own = Math.Min(count - row, 20 + (int)Math.Round(Math.Max(0, scale) * shares[user]));
            while (seen.Count < Math.Min(own, Items / 2))
            {
                var place = Array.BinarySearch(cumulative, random.NextDouble() * sum);
                var item = Math.Min(Items - 1, place < 0 ? ~place : place);
                if (seen.Add(item))
                {
                    users[row] = user;
                    items[row++] = item;
                }
            }
        }

        return new Dataset("ml-20m shape", new Table(
        [
            new CategoricalColumn("user", users.AsMemory(0, row), Names(Users), ColumnRoles.User),
            new CategoricalColumn("item", items.AsMemory(0, row), Names(Items), ColumnRoles.Item),
        ]));
    }

    private static Vocabulary Names(int count) =>
        new(Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture)));
}
