using System.Globalization;
using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Comparison;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Bench;

/// <summary>How often the paired bootstrap says that models differ which are equal in expectation, and not in what they
/// predict: 5 % of pairs should have a p value below .05.</summary>
internal static class PairedBench
{
    private const int Resamples = 499;
    private const int Classes = 4;
    private const int ListLength = 10;

    public static void Run(string[] args)
    {
        var pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2000;
        foreach (var rows in (int[])[500, 2000])
        {
            foreach (var (metric, draw) in new (string, Func<int, SeededRandom, (EvaluationData, EvaluationData)>)[]
            {
                ("accuracy", Scored),
                ("macro-f1", Several),
                ("roc-auc", Scored),
                ("ndcg@10", Lists),
            })
            {
                var found = 0;
                Parallel.For(0, pairs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, pair =>
                {
                    var seeds = new SeedTree(pair).Fork($"{metric}/{rows}");
                    var (first, second) = draw(rows, seeds.CreateRandom());
                    var result = PairedBootstrap.Test(
                        first,
                        [second],
                        MetricCatalogue.BuiltIn.Get(metric),
                        new GroupReportOptions { Seeds = seeds, BootstrapSamples = Resamples })[0];
                    if (result.PValue < 0.05)
                    {
                        Interlocked.Increment(ref found);
                    }
                });
                Console.WriteLine($"{metric}, {rows} rows: p < .05 in {100.0 * found / pairs:F2} % of {pairs} pairs "
                    + "(3.5 to 6.5 %)");
            }
        }
    }

    // Scores have a part that is shared, as models read the same rows, and one of their own.
    private static (EvaluationData First, EvaluationData Second) Scored(int rows, SeededRandom random)
    {
        int[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3) == 0 ? 1 : 0)];
        var shared = Array.ConvertAll(labels, label => label + random.NextGaussian());
        return (Model(), Model());

        ClassificationEvaluation Model()
        {
            var scores = Array.ConvertAll(shared, score => score + (0.5 * random.NextGaussian()));
            return new(labels, Array.ConvertAll(scores, score => score > 0.6 ? 1 : 0)) { Scores = scores };
        }
    }

    // Four classes of 55, 25, 15 and 5 % of the rows; both models err alike often.
    private static (EvaluationData First, EvaluationData Second) Several(int rows, SeededRandom random)
    {
        var labels = new int[rows];
        var hard = new bool[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = random.NextDouble() switch { < 0.55 => 0, < 0.8 => 1, < 0.95 => 2, _ => 3 };
            hard[row] = random.Next(2) == 0;
        }

        return (Model(), Model());

        MulticlassEvaluation Model() => new(
            Classes,
            labels,
            [
                .. labels.Select((label, row) =>
                    random.NextDouble() < (hard[row] ? 0.5 : 0.1) ? random.Next(Classes) : label),
            ]);
    }

    // Three relevant items a user among the twenty that are ranked.
    private static (EvaluationData First, EvaluationData Second) Lists(int rows, SeededRandom random)
    {
        var ease = Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray();
        return (Model(), Model());

        RankingEvaluation Model() => new(
            [.. Enumerable.Range(0, rows)],
            [
                .. ease.Select(lift => Enumerable.Range(0, 2 * ListLength)
                    .OrderByDescending(item => (item < 3 ? lift : 0) + random.NextDouble()).ToArray()),
            ],
            [.. ease.Select(_ => new[] { 0, 1, 2 })]);
    }
}
