using System.Diagnostics;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Text.LogisticRegression;

namespace Evenhand.Bench;

/// <summary>Speed of text classification on made-up texts.</summary>
/// <remarks>Argument: threads (all by default).</remarks>
internal static class LearningBench
{
    private const int Texts = 20_000;

    public static void Run(string[] args)
    {
        var threads = args.Length > 0 ? int.Parse(args[0]) : Environment.ProcessorCount;
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
