using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Comparison;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.TestKit;

namespace Evenhand.Metrics.Tests;

/// <summary>The paired bootstrap: of every metric the one that is named.</summary>
[TestClass]
public sealed class PairedBootstrapTests
{
    private const int Rows = 300;

    private static readonly GroupReportOptions Options = Given.Options with { BootstrapSamples = 199 };

    [TestMethod]
    [DataRow(PredictionKind.Rating)]
    [DataRow(PredictionKind.Classification)]
    [DataRow(PredictionKind.Multiclass)]
    [DataRow(PredictionKind.MultiLabel)]
    [DataRow(PredictionKind.Ranking)]
    public void Test_EveryMetric_ComparesWhatIsNamed(PredictionKind kind)
    {
        var first = EvaluationSamples.Create(kind, Rows, new SeededRandom(1));
        var second = EvaluationSamples.Perfect(first);
        var codes = EvaluationSamples.Groups("g", Rows, 3, new SeededRandom(2));
        foreach (var metric in MetricCatalogue.BuiltIn.For(kind))
        {
            var result = PairedBootstrap.Test(first, [second, first], metric, Options);
            AssertDifference(metric.Name, Overall(second, metric) - Overall(first, metric), result[0]);
            Assert.AreEqual(new PairedTestResult(0, 1), result[1], metric.Name);
        }

        foreach (var metric in MetricCatalogue.BuiltIn.FairnessFor(kind))
        {
            var attribute = metric.OfItems ? "kind" : "g";
            var result = PairedBootstrap.Test(first, [second], metric, attribute, [codes], Options)[0];
            AssertDifference(metric.Name, Gap(second) - Gap(first), result);

            double Gap(EvaluationData data) =>
                GroupReport.Compute(data, metric.Requires, [codes], Options with { BootstrapSamples = 0 })
                    .Fairness(metric, attribute).Value;
        }
    }

    // Both tests are of a mean difference, and there are many rows.
    [TestMethod]
    public void Test_MeanOfManyRows_AgreesWithTheTTest()
    {
        var random = new SeededRandom(3);
        double[] errors = [.. Enumerable.Range(0, 800).Select(_ => random.NextGaussian())];
        double[] others = [.. errors.Select(error => error + 0.06 + (0.8 * random.NextGaussian()))];
        var (first, second) = (new RatingEvaluation(new double[800], errors), new RatingEvaluation(new double[800], others));
        var result = PairedBootstrap.Test(
            first, [second], MetricCatalogue.BuiltIn.Get("mean-error"), Options with { BootstrapSamples = 9_999 })[0];
        Assert.AreEqual(PairedTests.StudentT(others, errors).PValue, result.PValue, 0.015);
    }

    // A constant classifier is right more often, and has the smaller macro-F1 by far: the test is of macro-F1.
    [TestMethod]
    public void Test_MetricThatAccuracyContradicts_HasItsOwnSignAndASmallP()
    {
        var random = new SeededRandom(4);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(row => row % 4 == 0 ? 1 : row % 20 == 1 ? 2 : 0)];
        var constant = new MulticlassEvaluation(3, labels, new int[Rows]);
        var able = constant with
        {
            Decisions = Array.ConvertAll(labels, label => label == 0 && random.Next(2) == 0 ? 1 : label),
        };
        var (accuracy, macro) = (MetricCatalogue.BuiltIn.Get("micro-accuracy"), MetricCatalogue.BuiltIn.Get("macro-f1"));
        Assert.IsLessThan(Overall(constant, accuracy), Overall(able, accuracy));

        var result = PairedBootstrap.Test(constant, [able], macro, Options with { BootstrapSamples = 999 })[0];
        AssertDifference("macro-f1", Overall(able, macro) - Overall(constant, macro), result);
        Assert.IsGreaterThan(0, result.Statistic);
        Assert.IsLessThan(0.01, result.PValue);
    }

    // Where models are equal in expectation, 5 % of p values are below 0.05: bench 'paired' says so of 2,000 pairs;
    // here of 300, within four standard deviations of what 199 resamples give, 4.5 %.
    [TestMethod]
    [DataRow("accuracy")]
    [DataRow("f1")]
    [DataRow("roc-auc")]
    public void Test_EqualModels_AreSaidToDifferAsOftenAsPromised(string name)
    {
        const int pairs = 300;
        const int rows = 300;
        var found = 0;
        for (var pair = 0; pair < pairs; pair++)
        {
            var random = new SeedTree(pair).Fork(name).CreateRandom();
            int[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3) == 0 ? 1 : 0)];
            double[] shared = [.. labels.Select(label => label + random.NextGaussian())];
            ClassificationEvaluation Model()
            {
                var scores = Array.ConvertAll(shared, score => score + (0.5 * random.NextGaussian()));
                return new(labels, Array.ConvertAll(scores, score => score > 0.6 ? 1 : 0)) { Scores = scores };
            }

            var result = PairedBootstrap.Test(
                Model(), [Model()], MetricCatalogue.BuiltIn.Get(name), Options with { Seeds = new SeedTree(pair) })[0];
            found += result.PValue < 0.05 ? 1 : 0;
        }

        Assert.AreEqual(0.045, (double)found / pairs, 4 * Math.Sqrt(0.045 * 0.955 / pairs));
    }

    [TestMethod]
    public void Test_OtherRows_AreRefused() =>
        Assert.ThrowsExactly<ArgumentException>(() => PairedBootstrap.Test(
            new RatingEvaluation([1], [1]),
            [new RatingEvaluation([1, 2], [1, 2])],
            MetricCatalogue.BuiltIn.Get("rmse"),
            Options));

    private static double Overall(EvaluationData data, Metric metric) =>
        GroupReport.Compute(data, [metric], [], Options with { BootstrapSamples = 0 }).Overall[metric.Name].Value;

    private static void AssertDifference(string name, double expected, PairedTestResult result)
    {
        Assert.IsTrue(
            double.IsNaN(expected) ? double.IsNaN(result.Statistic) : Math.Abs(expected - result.Statistic) < 1e-12,
            $"{name}: {expected} and {result.Statistic}");
        Assert.IsTrue(double.IsNaN(result.PValue) || result.PValue is > 0 and <= 1, $"{name}: {result.PValue}");
    }
}
