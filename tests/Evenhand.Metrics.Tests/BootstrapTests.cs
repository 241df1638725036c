using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.Metrics.Resampling;
using Evenhand.TestKit;

namespace Evenhand.Metrics.Tests;

[TestClass]
public sealed class BootstrapTests
{
    [TestMethod]
    [DataRow(PredictionKind.Rating)]
    [DataRow(PredictionKind.Classification)]
    [DataRow(PredictionKind.Ranking)]
    [DataRow(PredictionKind.Multiclass)]
    [DataRow(PredictionKind.MultiLabel)]
    public void Compute_AnyNumberOfThreads_GivesTheSameBits(PredictionKind kind)
    {
        var random = new SeededRandom(3);

        // More than one block of rows.
        var data = EvaluationSamples.Create(kind, kind == PredictionKind.Ranking ? 2_000 : 150_000, random);
        GroupCodes[] groups =
        [
            EvaluationSamples.Groups("a", data.Count, 3, random),
            EvaluationSamples.Groups("g", data.Count, 4, random),
        ];
        var options = Given.Options with { BootstrapSamples = 20 };
        var metrics = MetricCatalogue.BuiltIn.For(kind);
        var one = GroupReport.Compute(data, metrics, groups, options);
        var four = GroupReport.Compute(data, metrics, groups, options with { Threads = 4 });
        foreach (var metric in metrics)
        {
            Assert.AreEqual(one.Overall[metric.Name], four.Overall[metric.Name]);
        }

        foreach (var metric in MetricCatalogue.BuiltIn.FairnessFor(kind))
        {
            var attribute = metric.OfItems ? "kind" : "g";
            Assert.AreEqual(one.Fairness(metric, attribute), four.Fairness(metric, attribute), metric.Name);
        }
    }

    [TestMethod]
    public void Compute_NormalMean_IsCoveredAsOftenAsPromised()
    {
        const int sets = 1000;
        var random = new SeededRandom(42);
        var covered = 0;
        for (var set = 0; set < sets; set++)
        {
            double[] errors = [.. Enumerable.Range(0, 100).Select(_ => 0.3 + random.NextGaussian())];
            var options = Given.Options with { BootstrapSamples = 400, Seeds = new SeedTree(set) };
            var bounds = Overall(new RatingEvaluation(new double[100], errors), "mean-error", options);
            covered += bounds.Low <= 0.3 && 0.3 <= bounds.High ? 1 : 0;
        }

        Assert.IsTrue(covered is >= 930 and <= 970, $"{covered} of {sets}");
    }

    // Rows: normal theory. Counts: p +- 1.96 sqrt(p (1 - p) / n).
    [TestMethod]
    public void Compute_LargeSample_HasBoundsOfNormalTheory()
    {
        const int rows = 4000;
        var random = new SeededRandom(8);
        double[] errors = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => row % 4 == 0 ? 1 : 0)];
        var options = Given.Options with { BootstrapSamples = 4000 };
        var mean = Overall(new RatingEvaluation(new double[rows], errors), "mean-error", options);
        var share = Overall(new ClassificationEvaluation(labels, labels), "base-rate", options);
        Assert.AreEqual(2 * 1.96 / Math.Sqrt(rows), mean.High - mean.Low, 0.05 * 2 * 1.96 / Math.Sqrt(rows));
        var width = 2 * 1.96 * Math.Sqrt(0.25 * 0.75 / rows);
        Assert.AreEqual(width, share.High - share.Low, 0.05 * width);
        Assert.AreEqual(0.25, (share.High + share.Low) / 2, 0.05 * width);
    }

    // Units of their own make the rows be drawn, which must tell the same as drawing cells.
    [TestMethod]
    public void Compute_CellsAndRows_AgreeInDistribution()
    {
        var random = new SeededRandom(12);
        var data = EvaluationSamples.Create(PredictionKind.Classification, 2000, random);
        var groups = EvaluationSamples.Groups("g", 2000, 3, random);
        var options = Given.Options with { BootstrapSamples = 4000 };
        var metric = MetricCatalogue.BuiltIn.GetFairness("equalized-odds-difference");
        var cells = GroupReport.Compute(data, metric.Requires, [groups], options);
        var rows = GroupReport.Compute(
            data with { Units = [.. Enumerable.Range(0, 2000)] }, metric.Requires, [groups], options);
        AssertAlike(cells.Overall["true-positive-rate"], rows.Overall["true-positive-rate"]);
        AssertAlike(cells.Fairness(metric, "g"), rows.Fairness(metric, "g"));
        for (var group = 0; group < 3; group++)
        {
            AssertAlike(
                cells.Attributes[0].Groups[group].Values["false-positive-rate"],
                rows.Attributes[0].Groups[group].Values["false-positive-rate"]);
        }
    }

    [TestMethod]
    public void Compute_TenEqualRowsOfEachUnit_HasTheBoundsOfTheUnits()
    {
        var random = new SeededRandom(6);
        double[] errors = [.. Enumerable.Range(0, 50).Select(_ => random.NextGaussian())];
        double[] repeated = [.. Enumerable.Range(0, 500).Select(row => errors[row / 10])];
        var options = Given.Options with { BootstrapSamples = 200 };
        var metrics = Given.Metrics("rmse", "mae");
        var units = GroupReport.Compute(new RatingEvaluation(new double[50], errors), metrics, [], options);
        var rows = GroupReport.Compute(
            new RatingEvaluation(new double[500], repeated)
            {
                Units = [.. Enumerable.Range(0, 500).Select(row => 900 - (row / 10))],
            },
            metrics,
            [],
            options);
        foreach (var metric in metrics)
        {
            Assert.AreEqual(units.Overall[metric.Name].Low, rows.Overall[metric.Name].Low, 1e-12);
            Assert.AreEqual(units.Overall[metric.Name].High, rows.Overall[metric.Name].High, 1e-12);
        }
    }

    [TestMethod]
    public void Compute_NegativeUnits_AreUnitsOfTheirOwn()
    {
        var random = new SeededRandom(9);
        double[] errors = [.. Enumerable.Range(0, 60).Select(_ => random.NextGaussian())];
        var data = new RatingEvaluation(new double[60], errors);
        var options = Given.Options with { BootstrapSamples = 100 };
        var rows = Overall(data, "mae", options);
        var unknown = Overall(data with { Units = [.. Enumerable.Repeat(-1, 60)] }, "mae", options);
        Assert.AreEqual(rows.Low, unknown.Low, 1e-12);
        Assert.AreEqual(rows.High, unknown.High, 1e-12);
    }

    [TestMethod]
    public void Compute_UnitsAcrossGroups_DrawGroupsTogether()
    {
        // Each user has one row in either group with the same error, so the groups never differ in any resample.
        var random = new SeededRandom(4);
        double[] errors = [.. Enumerable.Range(0, 40).Select(_ => random.NextGaussian())];
        var data = new RatingEvaluation(new double[80], [.. errors, .. errors])
        {
            Units = [.. Enumerable.Range(0, 80).Select(row => row % 40)],
        };
        int[] codes = [.. Enumerable.Range(0, 80).Select(row => row / 40)];
        var metric = MetricCatalogue.BuiltIn.GetFairness("mean-error-difference");
        var report = GroupReport.Compute(
            data, metric.Requires, [Given.Groups(codes)], Given.Options with { BootstrapSamples = 100 });
        Assert.AreEqual(0, report.Fairness(metric, "group").High, 1e-12);
    }

    [TestMethod]
    [DataRow(20, 0.1)]
    [DataRow(20, 0.5)]
    [DataRow(40, 0.3)]
    [DataRow(200, 0.47)]
    [DataRow(1000, 0.9)]
    [DataRow(100_000, 0.0004)]
    public void Next_Binomial_FollowsItsProbabilities(int trials, double probability)
    {
        const int draws = 100_000;
        var random = new SeededRandom(77);
        var counts = new Dictionary<long, int>();
        for (var i = 0; i < draws; i++)
        {
            var drawn = Binomial.Next(random, trials, probability);
            counts[drawn] = counts.GetValueOrDefault(drawn) + 1;
        }

        // Pearson's chi-squared over the values that are expected at least 20 times.
        var (statistic, values) = (0.0, 0);
        var logMass = trials * Math.Log(1 - probability);
        for (var k = 0; k <= trials; k++)
        {
            var expected = draws * Math.Exp(logMass);
            if (expected >= 20)
            {
                var excess = counts.GetValueOrDefault(k) - expected;
                statistic += excess * excess / expected;
                values++;
            }

            logMass += Math.Log(probability / (1 - probability) * (trials - k) / (k + 1));
        }

        // Mean plus four standard deviations of chi-squared with that many degrees of freedom.
        Assert.IsLessThan(values + (4 * Math.Sqrt(2 * values)), statistic);
    }

    private static MetricValue Overall(EvaluationData data, string name, GroupReportOptions options) =>
        GroupReport.Compute(data, Given.Metrics(name), [], options).Overall[name];

    private static void AssertAlike(MetricValue a, MetricValue b)
    {
        Assert.AreEqual(a.Value, b.Value, 1e-12);
        Assert.AreEqual(a.Low, b.Low, 0.08 * (a.High - a.Low));
        Assert.AreEqual(a.High, b.High, 0.08 * (a.High - a.Low));
    }
}
