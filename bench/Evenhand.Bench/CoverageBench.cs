using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Metrics;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;

namespace Evenhand.Bench;

/// <summary>How often bounds of 95 % confidence hold what they promise: data are drawn again and again from populations
/// whose figures are known.</summary>
internal static class CoverageBench
{
    private const int Resamples = 300;
    private const int Items = 300;
    private const int ListLength = 10;

    private static readonly int[] Sizes = [20, 100, 1000];
    private static readonly string[] Views = ["-difference", "-ratio", "-worst-group", "-mad"];

    public static void Run(string[] args)
    {
        var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        Console.WriteLine($"Coverage of bounds of 95 %, {runs} runs a cell, {Resamples} resamples each.");
        Console.WriteLine("p parity, s of several groups at once, d counts of few values: these, and all of fewer "
            + "than 100 rows, may exceed 98 %. ! outside of 92 % (to 98 %).");
        Heading("rates");
        foreach (var size in Sizes)
        {
            foreach (var groups in (int[])[2, 5, 20])
            {
                Rates("equal .7", size, groups, runs, _ => 0.7);
                Rates("equal .95", size, groups, runs, _ => 0.95);
                Rates(".6 to .9", size, groups, runs, i => 0.6 + (0.3 * i / (groups - 1)));
                Rates("one .6, others .85", size, groups, runs, i => i == 0 ? 0.6 : 0.85);
                Rates(".8 to .98", size, groups, runs, i => 0.8 + (0.18 * i / (groups - 1)));
            }
        }

        Heading("root mean squared errors");
        foreach (var size in Sizes)
        {
            foreach (var groups in (int[])[2, 5, 20])
            {
                var fewer = groups * size > 5000 ? runs / 5 : runs / 2;
                Errors("equal 1", size, groups, fewer, _ => 1);
                Errors("1 to 2", size, groups, fewer, i => 1 + (1.0 * i / (groups - 1)));
            }
        }

        Heading("areas under ROC curves");
        foreach (var size in Sizes)
        {
            foreach (var groups in (int[])[2, 5, 20])
            {
                var fewer = groups * size > 5000 ? runs / 20 : runs / 4;
                Areas("equal .8", size, groups, fewer, _ => 0.8);
                Areas("one .6, others .8", size, groups, fewer, i => i == 0 ? 0.6 : 0.8);
            }
        }

        foreach (var size in Sizes)
        {
            Lists(size, runs / 2);
        }
    }

    // Rows are right with the group's probability.
    private static void Rates(string what, int size, int groups, int runs, Func<int, double> rate)
    {
        double[] rates = [.. Enumerable.Range(0, groups).Select(rate)];
        Cell(what, "accuracy", size, groups, runs, rates, discrete: true, random =>
        {
            var labels = new int[size * groups];
            Array.Fill(labels, 1);
            var decisions = new int[labels.Length];
            for (var row = 0; row < decisions.Length; row++)
            {
                decisions[row] = random.NextDouble() < rates[row / size] ? 1 : 0;
            }

            return new ClassificationEvaluation(labels, decisions);
        });
    }

    // Errors are normal with the group's deviation.
    private static void Errors(string what, int size, int groups, int runs, Func<int, double> deviation)
    {
        double[] deviations = [.. Enumerable.Range(0, groups).Select(deviation)];
        Cell(what, "rmse", size, groups, runs, deviations, discrete: false, random => new RatingEvaluation(
            new double[size * groups],
            [.. Enumerable.Range(0, size * groups).Select(row => deviations[row / size] * random.NextGaussian())]));
    }

    // Scores are normal, of positives (every other row) the higher the larger the group's area is, which is .6 or .8:
    // those are the probabilities that a normal number is below .253347 and .841621.
    private static void Areas(string what, int size, int groups, int runs, Func<int, double> area)
    {
        double[] areas = [.. Enumerable.Range(0, groups).Select(area)];
        var labels = Enumerable.Range(0, size * groups).Select(row => row % 2).ToArray();
        Cell(what, "roc-auc", size, groups, runs, areas, discrete: false, random =>
        {
            var scores = labels.Select((label, row) =>
                random.NextGaussian() + (label * Math.Sqrt(2) * (areas[row / size] == 0.6 ? 0.253347 : 0.841621)));
            return new ClassificationEvaluation(labels, [.. labels]) { Scores = [.. scores] };
        });
    }

    private static void Cell(
        string what,
        string metric,
        int size,
        int groups,
        int runs,
        double[] values,
        bool discrete,
        Func<SeededRandom, EvaluationData> draw)
    {
        string[] names = ["value", .. Views];
        double[] truths =
        [
            double.NaN, values.Max() - values.Min(), values.Min() / values.Max(),
            MetricCatalogue.BuiltIn.Get(metric).Direction == MetricDirection.Maximize ? values.Min() : values.Max(),
            MeanOfPairs(values),
        ];
        var codes = new GroupCodes(
            "g",
            [.. Enumerable.Range(0, size * groups).Select(row => row / size)],
            [.. Enumerable.Range(0, groups).Select(i => $"g{i}")]);
        var covered = new double[names.Length];
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, run =>
        {
            var seeds = new SeedTree(run).Fork($"{what}/{size}/{groups}");
            var report = Report(draw(seeds.CreateRandom()), metric, [codes], seeds);
            var held = new double[names.Length];
            for (var group = 0; group < groups; group++)
            {
                held[0] += Holds(report.Attributes[0].Groups[group].Values[metric], values[group]) / groups;
            }

            for (var view = 0; view < Views.Length; view++)
            {
                var figure = report.Fairness(MetricCatalogue.BuiltIn.GetFairness(metric + Views[view]), "g");
                held[view + 1] = Holds(figure, truths[view + 1]);
            }

            lock (covered)
            {
                for (var i = 0; i < held.Length; i++)
                {
                    covered[i] += held[i] / runs;
                }
            }
        });
        var parity = values.Distinct().Count() == 1;
        Print($"{groups} x {size}, {what}", covered.Select((share, i) => Mark(
            share, parity && i > 0, i > 0 && groups > 2, discrete, size)));
    }

    // Users are shown items by popularity; the figures of so many users differ from sample to sample about their mean.
    private static void Lists(int users, int runs)
    {
        string[] names = ["item-coverage@10", "tail-coverage@10", "gini@10", "shannon-entropy@10"];
        var truths = new double[names.Length];
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 2 }, run =>
        {
            var random = new SeedTree(run).Fork($"truth/{users}").CreateRandom();
            var report = Report(Drawn(users, random), names, [], new SeedTree(1), 0);
            lock (truths)
            {
                for (var i = 0; i < names.Length; i++)
                {
                    truths[i] += report.Overall[names[i]].Value / 2000;
                }
            }
        });
        var covered = new double[names.Length];
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, run =>
        {
            var seeds = new SeedTree(run).Fork($"lists/{users}");
            var report = Report(Drawn(users, seeds.CreateRandom()), names, [], seeds, Resamples);
            lock (covered)
            {
                for (var i = 0; i < names.Length; i++)
                {
                    covered[i] += Holds(report.Overall[names[i]], truths[i]) / runs;
                }
            }
        });
        Console.WriteLine($"lists of {users} users: "
            + string.Join(", ", names.Select((name, i) => $"{name} {Mark(covered[i], false, false, i < 2, users)}")));
    }

    private static RankingEvaluation Drawn(int users, SeededRandom random)
    {
        var lists = new int[users][];
        for (var user = 0; user < users; user++)
        {
            var list = new HashSet<int>();
            while (list.Count < ListLength)
            {
                // Density falls with the item's place as 1 / (place + 5).
                list.Add((int)((5 * Math.Pow((Items + 5) / 5.0, random.NextDouble())) - 5));
            }

            lists[user] = [.. list];
        }

        return new RankingEvaluation(
            [.. Enumerable.Range(0, users)], lists, [.. lists.Select(list => new[] { list[0] })])
        {
            Catalogue = new ItemCatalogue([.. Enumerable.Range(0, Items).Select(item => Items - item)], Items),
        };
    }

    private static GroupReport Report(EvaluationData data, string metric, GroupCodes[] groups, SeedTree seeds) =>
        Report(data, [metric], groups, seeds, Resamples);

    private static GroupReport Report(
        EvaluationData data, string[] metrics, GroupCodes[] groups, SeedTree seeds, int resamples) =>
        GroupReport.Compute(
            data,
            [.. metrics.Select(MetricCatalogue.BuiltIn.Get)],
            groups,
            new GroupReportOptions { Seeds = seeds, BootstrapSamples = resamples, MinimumGroupSize = 1 });

    private static double Holds(MetricValue figure, double truth)
    {
        if (figure.Value < figure.Low || figure.Value > figure.High)
        {
            throw new InvalidOperationException($"Bounds without their value: {figure}.");
        }

        return figure.Low <= truth + 1e-12 && truth - 1e-12 <= figure.High ? 1 : 0;
    }

    private static double MeanOfPairs(double[] values)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = i + 1; j < values.Length; j++)
            {
                sum += Math.Abs(values[i] - values[j]);
                pairs++;
            }
        }

        return sum / pairs;
    }

    private static string Mark(double share, bool parity, bool simultaneous, bool discrete, int size)
    {
        var mayExceed = parity || simultaneous || discrete || size < 100;
        return $"{100 * share:F1}{(parity ? "p" : "")}{(simultaneous ? "s" : "")}{(discrete ? "d" : "")}"
            + (share < 0.92 || (share > 0.98 && !mayExceed) ? "!" : "");
    }

    private static void Heading(string what) =>
        Print(what, ["value", .. Views.Select(view => view[1..])]);

    private static void Print(string what, IEnumerable<string> cells) =>
        Console.WriteLine($"{what,-28}" + string.Concat(cells.Select(cell => $"{cell,13}")));
}
