using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.TestKit;

namespace Evenhand.Metrics.Tests;

[TestClass]
public sealed class GroupReportTests
{
    [TestMethod]
    public void Compute_GroupWithoutPositives_IsUndefinedThereAndLeftOut()
    {
        var data = new ClassificationEvaluation([1, 1, 0, 0, 1, 0], [1, 0, 0, 1, 1, 0]);
        var groups = Given.Groups(0, 0, 1, 1, 2, 2);
        var tpr = MetricCatalogue.BuiltIn.GetFairness("equal-opportunity-difference");
        var report = GroupReport.Compute(data, tpr.Requires, [groups], Given.Options);
        Assert.AreEqual(double.NaN, report.Attributes[0].Groups[1].Values["true-positive-rate"].Value);
        Assert.AreEqual(0.5, report.Fairness(tpr, "group").Value);
    }

    [TestMethod]
    public void Fairness_OneGroupDefined_IsUndefined()
    {
        var data = new ClassificationEvaluation([1, 1, 0, 0], [1, 0, 0, 1]);
        foreach (var name in new[] { "recall-difference", "recall-ratio", "equalized-odds-difference" })
        {
            Assert.AreEqual(double.NaN, Given.Fairness(data, name, 0, 0, 1, 1), name);
        }

        Assert.AreEqual(0.5, Given.Fairness(data, "recall-worst-group", 0, 0, 1, 1));
    }

    [TestMethod]
    public void Compute_GroupBelowMinimum_IsFlaggedReportedAndLeftOut()
    {
        var data = new RatingEvaluation([1, 1, 1, 1, 1], [1, 1, 2, 2, 9]);
        var groups = Given.Groups(0, 0, 1, 1, 2);
        var metric = MetricCatalogue.BuiltIn.GetFairness("mae-difference");
        var report = GroupReport.Compute(data, metric.Requires, [groups], Given.Options with { MinimumGroupSize = 2 });
        var small = report.Attributes[0].Groups[2];
        Assert.IsTrue(small.BelowMinimum);
        Assert.AreEqual(1, small.Count);
        Assert.AreEqual(8.0, small.Values["mae"].Value);
        Assert.IsFalse(report.Attributes[0].Groups[0].BelowMinimum);
        Assert.AreEqual(1.0, report.Fairness(metric, "group").Value);
    }

    [TestMethod]
    public void Compute_NoRowsAndTwoAttributes_IsUndefinedThroughout()
    {
        var groups = new[] { new GroupCodes("a", [], ["x", "y"]), new GroupCodes("b", [], ["x", "y"]) };
        var options = Given.Options with { BootstrapSamples = 10 };
        var report = GroupReport.Compute(
            new ClassificationEvaluation([], []), Given.Metrics("accuracy"), groups, options);
        Assert.AreEqual(double.NaN, report.Overall["accuracy"].Value);
        Assert.AreEqual(double.NaN, report.Attributes[1].Groups[1].Values["accuracy"].Low);
    }

    [TestMethod]
    public void Compute_UnknownGroup_CountsOverallAndInNoGroup()
    {
        var data = new RatingEvaluation([0, 0, 0], [1, 2, 6]);
        var report = GroupReport.Compute(data, Given.Metrics("mae"), [Given.Groups(0, 0, -1)], Given.Options);
        Assert.AreEqual(3.0, report.Overall["mae"].Value);
        Assert.HasCount(1, report.Attributes[0].Groups);
        Assert.AreEqual(1.5, report.Attributes[0].Groups[0].Values["mae"].Value);
    }

    [TestMethod]
    public void Compute_SeveralAttributes_EqualsEachByItself()
    {
        var random = new SeededRandom(5);
        var data = EvaluationSamples.Create(PredictionKind.Classification, 500, random);
        GroupCodes[] attributes =
        [
            EvaluationSamples.Groups("gender", 500, 2, random),
            EvaluationSamples.Groups("age", 500, 5, random),
            EvaluationSamples.Groups("region", 500, 7, random),
        ];
        var metrics = MetricCatalogue.BuiltIn.For(PredictionKind.Classification);
        var together = GroupReport.Compute(data, metrics, attributes, Given.Options);
        for (var i = 0; i < attributes.Length; i++)
        {
            var alone = GroupReport.Compute(data, metrics, [attributes[i]], Given.Options).Attributes[0];
            foreach (var (expected, actual) in alone.Groups.Zip(together.Attributes[i].Groups))
            {
                Assert.AreEqual(expected.Count, actual.Count);
                foreach (var (name, figure) in expected.Values)
                {
                    Assert.AreEqual(figure.Value, actual.Values[name].Value, 1e-12, $"{name} of {expected.Group}");
                }
            }
        }
    }

    [TestMethod]
    public void Compute_LogLossOfScoresBeyondProbabilities_IsUndefined()
    {
        var data = new ClassificationEvaluation([1, 0], [1, 0]) { Scores = [3.5, -1] };
        var report = GroupReport.Compute(data, Given.Metrics("log-loss", "roc-auc"), [], Given.Options);
        Assert.AreEqual(double.NaN, report.Overall["log-loss"].Value);
        Assert.AreEqual(1.0, report.Overall["roc-auc"].Value);
    }

    [TestMethod]
    public void Compute_WithoutAttributes_HasOverallOnly()
    {
        var data = new RatingEvaluation([1], [2]);
        var report = GroupReport.Compute(data, Given.Metrics("rmse", "rmse"), [], Given.Options);
        Assert.AreEqual(new MetricValue(1, double.NaN, double.NaN), report.Overall["rmse"]);
        Assert.IsEmpty(report.Attributes);
    }

    [TestMethod]
    [DataRow("Predictions has 1 entries", new double[] { 1, 2 }, new double[] { 1 }, null)]
    [DataRow("Predictions[1] is NaN", new double[] { 1, 2 }, new[] { 1, double.NaN }, null)]
    [DataRow("Weights[0] is negative", new double[] { 1, 2 }, new double[] { 1, 2 }, new double[] { -1, 1 })]
    public void Compute_WrongRatings_SaysWhichEntry(
        string message, double[] labels, double[] predictions, double[]? weights)
    {
        var data = new RatingEvaluation(labels, predictions) { Weights = weights };
        AssertThrows(message, () => GroupReport.Compute(data, Given.Metrics("rmse"), [], Given.Options));
    }

    [TestMethod]
    public void Compute_WrongInput_SaysWhatIsWrong()
    {
        var data = new ClassificationEvaluation([1, 0, 1], [1, 0, 0]);
        var accuracy = Given.Metrics("accuracy");
        AssertThrows("Labels[1] is 2", () => GroupReport.Compute(
            data with { Labels = [1, 2, 0] }, accuracy, [], Given.Options));
        AssertThrows("code 3 in row 2", () => GroupReport.Compute(
            data, accuracy, [new GroupCodes("g", [0, 1, 3], ["a", "b"])], Given.Options));
        AssertThrows("has 2 codes where there are 3 rows", () => GroupReport.Compute(
            data, accuracy, [new GroupCodes("g", [0, 1], ["a", "b"])], Given.Options));
        AssertThrows("'group' is given twice", () => GroupReport.Compute(
            data, accuracy, [Given.Groups(0, 0, 1), Given.Groups(0, 1, 1)], Given.Options));
        AssertThrows("needs scores", () => GroupReport.Compute(data, Given.Metrics("roc-auc"), [], Given.Options));
        AssertThrows("is for Rating and the data are Classification", () => GroupReport.Compute(
            data, Given.Metrics("rmse"), [], Given.Options));
    }

    [TestMethod]
    public void Fairness_NotInReport_SaysWhatIsMissing()
    {
        var report = GroupReport.Compute(
            new RatingEvaluation([1, 2], [1, 2]), Given.Metrics("rmse"), [Given.Groups(0, 1)], Given.Options);
        AssertThrows("no metric 'mae'", () => report.Fairness(MetricCatalogue.BuiltIn.GetFairness("mae-difference"), "group"));
        AssertThrows("it has: group", () => report.Fairness(MetricCatalogue.BuiltIn.GetFairness("rmse-difference"), "gender"));
        AssertThrows("needs items", () => report.Fairness(MetricCatalogue.BuiltIn.GetFairness("value-unfairness"), "group"));
        Assert.AreEqual(1.0, report.Fairness(MetricCatalogue.BuiltIn.GetFairness("non-parity-unfairness"), "group").Value);
    }

    [TestMethod]
    public void Compute_CancelledToken_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => GroupReport.Compute(
            new RatingEvaluation([1], [2]),
            Given.Metrics("rmse"),
            [],
            Given.Options with { CancellationToken = source.Token }));
    }

    private static void AssertThrows(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsExactly<ArgumentException>(action).Message);
}
