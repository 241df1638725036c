using System.Diagnostics;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.MatrixFactorization;

namespace Evenhand.Bench;

/// <summary>Speed of full-catalogue rankings, beside the fastest matrix product of the machine.</summary>
/// <remarks>Arguments: number of items (20,000 by default) and threads (all by default). A ranking of n items at k
/// factors costs 2 n k floating-point operations. Each figure is the best of several.</remarks>
internal static class TopNBench
{
    private const int Users = 20_000;
    private const int RowsSeen = 1_000_000;
    private const int RankingLength = 10;
    private const int Attempts = 5;

    public static void Run(string[] args)
    {
        var items = args.Length > 0 ? int.Parse(args[0]) : 20_000;
        var threads = args.Length > 1 ? int.Parse(args[1]) : Environment.ProcessorCount;
        var peak = Enumerable.Range(0, Attempts).Max(_ => MatrixProductBound.MeasureMultiplyAdds(threads));
        Console.WriteLine($"top {RankingLength} of {items:N0} items for {Users:N0} users, {RowsSeen:N0} rows masked, "
            + $"{threads} threads; multiply-adds on registers: {peak / 1e9:F0} GFLOP/s");
        Console.WriteLine($"{"rank",6} {"users/s",10} {"GFLOP/s",10} {"product in cache",17} {"share",7}");
        var ratings = ZipfRatings.Make(Users, items, RowsSeen, new SeedTree(1));
        foreach (var rank in (int[])[8, 32, 64, 128])
        {
            // Taken in turns, so that both meet the machine in the same state.
            var model = Model(ratings, rank);
            var (speed, product) = (0.0, 0.0);
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                product = Math.Max(product, MatrixProductBound.MeasureProducts(threads));
                speed = Math.Max(speed, RankingsPerSecond(model, ratings, threads));
            }

            var operations = 2.0 * items * rank * speed;
            Console.WriteLine($"{rank,6} {speed,10:N0} {operations / 1e9,10:F0} {product / 1e9,17:F0} "
                + $"{operations / product,7:P0}");
        }
    }

    private static RecommenderModel Model(Dataset ratings, int rank) =>
        (RecommenderModel)new MatrixFactorizationLearner(new MatrixFactorizationOptions
        {
            ApproximationRank = rank,
            NumberOfIterations = 2,
        }).Fit(ratings, new FitContext { Seeds = new SeedTree(2), Threads = Environment.ProcessorCount });

    private static double RankingsPerSecond(RecommenderModel model, Dataset seen, int threads)
    {
        var users = Enumerable.Range(0, Users).ToArray();
        var clock = Stopwatch.StartNew();
        TopN.Recommend(model, users, RankingLength, seen, threads);
        return Users / clock.Elapsed.TotalSeconds;
    }
}
