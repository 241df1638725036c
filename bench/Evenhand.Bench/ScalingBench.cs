using System.Diagnostics;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Ratings;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation.MatrixFactorization;

namespace Evenhand.Bench;

/// <summary>Growth of matrix factorization with ratings, factors and threads, and ratings that are larger than memory:
/// written as a stream, sorted into blocks in a file, fitted block by block.</summary>
/// <remarks>Arguments: number of ratings in the file (100,000,000 by default; 24 bytes of disk each during the fit) and
/// threads (all by default). The file comes first, so that the peak of the resident set is its own.</remarks>
internal static class ScalingBench
{
    private const int Iterations = 4;
    private const int Users = 1_000_000;
    private const int Items = 100_000;
    private const int RatingsOfBatch = 1 << 16;

    public static void Run(string[] args)
    {
        var count = args.Length > 0 ? long.Parse(args[0]) : 100_000_000;
        var threads = args.Length > 1 ? int.Parse(args[1]) : Environment.ProcessorCount;
        Console.WriteLine($"{"ratings",12} {"users x items",20} {"rank",5} {"threads",8} {"set-up",9} {"iteration",10} "
            + $"{"M updates/s",12}");
        FromFile(count, threads);
        foreach (var ratings in (int[])[500_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000])
        {
            InMemory(ratings, 32, threads);
        }

        foreach (var rank in (int[])[8, 16, 32, 64, 128])
        {
            InMemory(4_000_000, rank, threads);
        }

        for (var used = 1; used <= threads; used *= 2)
        {
            InMemory(4_000_000, 32, used);
        }
    }

    private static void InMemory(int count, int rank, int threads)
    {
        var ratings = ZipfRatings.Make(100_000, 20_000, count, new SeedTree(1));
        Measure(count, "100,000 x 20,000", rank, threads, (learner, context) => learner.Fit(ratings, context));
    }

    private static void FromFile(long count, int threads)
    {
        var folder = Directory.CreateTempSubdirectory("evenhand-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "zipf.ratings");
            var clock = Stopwatch.StartNew();
            Write(path, count);
            var written = clock.Elapsed.TotalSeconds;
            using var file = RatingFile.Open(path);
            Measure(count, $"{Users:N0} x {Items:N0}", 32, threads, (learner, context) =>
                learner.Fit(file, folder, context));
            using var process = Process.GetCurrentProcess();
            Console.WriteLine($"    from a file of {new FileInfo(path).Length / 1e9:F1} GB, written in {written:F0} s; "
                + $"largest resident set {process.PeakWorkingSet64 / 1e9:F2} GB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The first iteration carries the set-up.
    private static void Measure(
        long count, string shape, int rank, int threads, Func<MatrixFactorizationLearner, FitContext, Model> fit)
    {
        var times = new List<long>();
        var start = Stopwatch.GetTimestamp();
        var options = new MatrixFactorizationOptions { ApproximationRank = rank, NumberOfIterations = Iterations };
        fit(new MatrixFactorizationLearner(options), new FitContext
        {
            Seeds = new SeedTree(2),
            Threads = threads,
            Progress = _ => times.Add(Stopwatch.GetTimestamp()),
        });
        var iteration = Stopwatch.GetElapsedTime(times[0], times[^1]).TotalSeconds / (Iterations - 1);
        var setUp = Stopwatch.GetElapsedTime(start, times[0]).TotalSeconds - iteration;
        Console.WriteLine($"{count,12:N0} {shape,20} {rank,5} {threads,8} {setUp,7:F2} s {iteration,8:F3} s "
            + $"{count / iteration / 1e6,12:F1}");
    }

    // Densities x^-0.5 of the users and x^-0.8 of the items, by their inverse distribution functions.
    private static void Write(string path, long count)
    {
        var random = new SeedTree(1).CreateRandom();
        var batch = new Rating[RatingsOfBatch];
        RatingFile.Write(path, Names(Users), Names(Items), writer =>
        {
            for (var left = count; left > 0; left -= RatingsOfBatch)
            {
                var ratings = batch.AsSpan(0, (int)Math.Min(left, RatingsOfBatch));
                foreach (ref var rating in ratings)
                {
                    var user = random.NextDouble();
                    var item = random.NextDouble();
                    rating = new Rating(
                        (int)(Users * user * user),
                        (int)(Items * item * item * item * item * item),
                        1 + random.Next(5));
                }

                writer.Append(ratings);
            }
        });
    }

    private static Vocabulary Names(int count) => new(Enumerable.Range(0, count).Select(i => $"{i}"));
}
