using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.TestKit;
using FsCheck.Fluent;

namespace Evenhand.Metrics.Tests;

/// <summary>Laws that hold for any data; <see cref="MetricConformance"/> checks those of single metrics.</summary>
[TestClass]
public sealed class LawTests
{
    [TestMethod]
    [DataRow(PredictionKind.Rating)]
    [DataRow(PredictionKind.Classification)]
    [DataRow(PredictionKind.Ranking)]
    [DataRow(PredictionKind.Multiclass)]
    [DataRow(PredictionKind.MultiLabel)]
    public void Compute_TwoGroupsMerged_ChangesNoOtherFigure(PredictionKind kind) => ForAny(kind, (data, groups) =>
    {
        Metric[] metrics = [.. MetricCatalogue.BuiltIn.For(kind).Where(metric => !metric.OfItems)];
        var merged = groups with { Codes = Array.ConvertAll(groups.Codes, code => code == 2 ? 1 : code) };
        var before = GroupReport.Compute(data, metrics, [groups], Given.Options);
        var after = GroupReport.Compute(data, metrics, [merged], Given.Options);
        foreach (var metric in metrics)
        {
            AssertClose(before.Overall[metric.Name].Value, after.Overall[metric.Name].Value);
            AssertClose(
                before.Attributes[0].Groups[0].Values[metric.Name].Value,
                after.Attributes[0].Groups[0].Values[metric.Name].Value);
        }
    });

    [TestMethod]
    public void Compute_EveryRowOfAGroup_HasTheOverallFigures() => ForAny(PredictionKind.Classification, (data, _) =>
    {
        // A group of all rows has no background.
        Metric[] metrics =
            [.. MetricCatalogue.BuiltIn.For(data.Kind).Where(metric => metric.Name is not ("bpsn-auc" or "bnsp-auc"))];
        var report = GroupReport.Compute(
            data, metrics, [new GroupCodes("all", new int[data.Count], ["everybody"])], Given.Options);
        foreach (var metric in metrics)
        {
            AssertClose(report.Overall[metric.Name].Value, report.Attributes[0].Groups[0].Values[metric.Name].Value);
        }
    });

    [TestMethod]
    public void Compute_MeansOfGroups_AverageToTheOverallMean() => ForAny(PredictionKind.Rating, (data, groups) =>
    {
        var known = groups with { Codes = Array.ConvertAll(groups.Codes, code => Math.Max(code, 0)) };
        var report = GroupReport.Compute(data, Given.Metrics("mean-error"), [known], Given.Options);
        var sum = report.Attributes[0].Groups.Where(g => g.Count > 0).Sum(g => g.Count * g.Values["mean-error"].Value);
        AssertClose(report.Overall["mean-error"].Value, sum / data.Count);
    });

    [TestMethod]
    public void Compute_ScoresNegated_TurnsRocAucAround() => ForAny(PredictionKind.Classification, (data, _) =>
    {
        var classes = (ClassificationEvaluation)data;
        var negated = classes with { Scores = Array.ConvertAll(classes.Scores!, score => -score) };
        AssertClose(1 - Overall(classes, "roc-auc"), Overall(negated, "roc-auc"));
    });

    [TestMethod]
    public void Compute_Bounds_ContainTheValue()
    {
        var (contained, all) = (0, 0);
        ForAny(PredictionKind.Rating, (data, groups) =>
        {
            var report = GroupReport.Compute(
                data, Given.Metrics("rmse", "mae"), [groups], Given.Options with { BootstrapSamples = 100 });
            foreach (var value in report.Attributes[0].Groups.SelectMany(g => g.Values.Values))
            {
                if (!double.IsNaN(value.Low))
                {
                    contained += value.Low <= value.Value && value.Value <= value.High ? 1 : 0;
                    all++;
                }
            }
        });
        Assert.AreEqual(all, contained);
    }

    private static double Overall(EvaluationData data, string name) =>
        GroupReport.Compute(data, Given.Metrics(name), [], Given.Options).Overall[name].Value;

    private static void ForAny(PredictionKind kind, Action<EvaluationData, GroupCodes> law)
    {
        var sizesAndSeeds =
            from rows in Gen.Choose(1, 200)
            from seed in Gen.Choose(0, 1_000_000)
            select (rows, seed);
        Properties.Check(sizesAndSeeds, given =>
        {
            var random = new SeededRandom((ulong)given.seed);
            var data = EvaluationSamples.Create(kind, given.rows, random);
            law(data, EvaluationSamples.Groups("g", given.rows, 4, random));
        });
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.IsTrue(
            (double.IsNaN(expected) && double.IsNaN(actual)) || Math.Abs(expected - actual) < 1e-9,
            $"{expected} and {actual} should be equal");
}
