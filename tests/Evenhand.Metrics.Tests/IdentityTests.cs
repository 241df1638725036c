using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.TestKit;

namespace Evenhand.Metrics.Tests;

/// <summary>Groups that overlap, areas against the background, and counterfactuals.</summary>
[TestClass]
public sealed class IdentityTests
{
    private const double Tolerance = 1e-12;

    // Codes: 0 female, 1 male, 2 both.
    private static readonly int[][] FemaleMaleBoth = [[0], [1], [0, 1]];

    private static readonly ClassificationEvaluation Classes = new(
        [1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0], [1, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 0])
    {
        Scores = [.9, .6, .4, .2, .7, .3, .5, .5, .8, .7, .6, .1],
    };

    private static readonly GroupCodes Terms = new(
        "gender-terms", [0, 2, 2, 1, -1, 0, 2, 1, 1, -1, 0, 0], ["female", "male"])
    {
        GroupsOfCode = FemaleMaleBoth,
    };

    // scikit-learn 1.2.1: roc_auc_score on the rows of each subset; NumPy for the generalized means.
    [TestMethod]
    public void Compute_GroupsThatOverlap_EqualScikitLearnOnTheSubsets()
    {
        var report = GroupReport.Compute(
            Classes, Given.Metrics("subgroup-auc", "bpsn-auc", "bnsp-auc", "selection-rate"), [Terms], Given.Options);
        var (female, male) = (report.Attributes[0].Groups[0], report.Attributes[0].Groups[1]);
        Assert.AreEqual(7, female.Count);
        Assert.AreEqual(6, male.Count);
        Assert.AreEqual(0.625, female.Values["subgroup-auc"].Value, Tolerance);
        Assert.AreEqual(1, female.Values["bpsn-auc"].Value, Tolerance);
        Assert.AreEqual(0.5833333333333334, female.Values["bnsp-auc"].Value, Tolerance);
        Assert.AreEqual(0.625, male.Values["subgroup-auc"].Value, Tolerance);
        Assert.AreEqual(0.78125, male.Values["bpsn-auc"].Value, Tolerance);
        Assert.AreEqual(0.75, male.Values["bnsp-auc"].Value, Tolerance);
        Assert.AreEqual(0.7222222222222222, report.Overall["bpsn-auc"].Value, Tolerance);
        AssertFairness(0.625, "subgroup-auc-mean");
        AssertFairness(0.8527234453405245, "bpsn-auc-mean");
        AssertFairness(0.6373343337728491, "bnsp-auc-mean");
        AssertFairness(0.7050192597044579, "bias-auc");

        // Decided positive: 4 of the 7 rows with a female term, 4 of the 6 with a male one.
        AssertFairness(4 / 6.0 - (4 / 7.0), "selection-rate-difference");

        void AssertFairness(double expected, string name) => Assert.AreEqual(
            expected, report.Fairness(MetricCatalogue.BuiltIn.GetFairness(name), "gender-terms").Value, Tolerance, name);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Compute_OneGroupForEachCode_IsAnOrdinaryAttribute(bool weighted)
    {
        var random = new SeededRandom(5);
        var data = EvaluationSamples.Create(PredictionKind.Classification, 500, random);
        var groups = EvaluationSamples.Groups("g", 500, 3, random);
        if (weighted)
        {
            data = EvaluationSamples.Weigh(data, [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble())]);
        }

        var metrics = MetricCatalogue.BuiltIn.For(PredictionKind.Classification);
        var options = Given.Options with { BootstrapSamples = 20 };
        var plain = GroupReport.Compute(data, metrics, [groups], options).Attributes[0].Groups;
        var overlapping = GroupReport.Compute(
            data, metrics, [groups with { GroupsOfCode = [[0], [1], [2]] }], options).Attributes[0].Groups;
        foreach (var (one, other) in plain.Zip(overlapping))
        {
            Assert.AreEqual(one.Count, other.Count);
            foreach (var metric in metrics)
            {
                Assert.AreEqual(one.Values[metric.Name], other.Values[metric.Name], metric.Name);
            }
        }
    }

    [TestMethod]
    [DataRow("accuracy")]
    [DataRow("subgroup-auc")]
    [DataRow("bnsp-auc")]
    [DataRow("adaptive-calibration-error")]
    [DataRow("expected-calibration-error")]
    public void Compute_GroupsThatOverlap_EachHaveTheFiguresOfTheirRowsAlone(string name)
    {
        var random = new SeededRandom(8);
        var data = EvaluationSamples.Create(PredictionKind.Classification, 400, random);
        int[] codes = [.. Enumerable.Range(0, 400).Select(_ => random.Next(4) - 1)];
        var (crossed, other) = (new GroupCodes("o", codes, ["x", "y"]), EvaluationSamples.Groups("h", 400, 3, random));
        var terms = new GroupCodes("t", codes, ["female", "male"]) { GroupsOfCode = FemaleMaleBoth };
        var metrics = Given.Metrics(name);
        var report = GroupReport.Compute(data, metrics, [other, terms], Given.Options).Attributes[1].Groups;
        for (var group = 0; group < 2; group++)
        {
            int[] member = Array.ConvertAll(codes, code => code == group || code == 2 ? 0 : -1);
            var alone = GroupReport.Compute(
                data, metrics, [crossed with { Codes = member }], Given.Options).Attributes[0].Groups[0];
            Assert.AreEqual(alone.Count, report[group].Count);
            Assert.AreEqual(alone.Values[name].Value, report[group].Values[name].Value, Tolerance);
        }
    }

    [TestMethod]
    public void Compute_CodeOfAGroupTwice_IsRefused()
    {
        var twice = Terms with { GroupsOfCode = [[0], [1], [1, 1]] };
        Assert.ThrowsExactly<ArgumentException>(
            () => GroupReport.Compute(Classes, Given.Metrics("accuracy"), [twice], Given.Options));
    }

    [TestMethod]
    public void Fairness_GroupWithoutASideOfThePairs_IsLeftOutOfTheMean()
    {
        // Group 1 has positives only: no negative of its own for bpsn-auc and subgroup-auc.
        var data = new ClassificationEvaluation([1, 0, 1, 1, 0], [1, 0, 1, 1, 0]) { Scores = [.4, .5, .9, .2, .1] };
        int[] codes = [0, 0, 1, 1, -1];
        Assert.AreEqual(0, Given.Fairness(data, "subgroup-auc-mean", codes));
        Assert.AreEqual(0.5, Given.Fairness(data, "bpsn-auc-mean", codes), Tolerance);

        // 1 against {0.1}: 1; of group 1, 0.9 beats both negatives, 0.2 one of them: 0.75.
        var expected = Math.Pow((1 + Math.Pow(0.75, -5)) / 2, -0.2);
        Assert.AreEqual(expected, Given.Fairness(data, "bnsp-auc-mean", codes), Tolerance);
    }

    [TestMethod]
    public void Fairness_Counterfactuals_AreMeansOverRowsThatHaveSome()
    {
        var changes = new CounterfactualChanges(
            "group", [1, double.NaN, 0.5, 0, double.NaN], [0.4, double.NaN, 0.1, 0.1, double.NaN]);
        var data = new ClassificationEvaluation([1, 0, 1, 1, 0], [1, 0, 1, 1, 0]) { Counterfactuals = [changes] };
        int[] codes = [0, 0, 1, 1, -1];
        Assert.AreEqual(0.5, Given.Fairness(data, "counterfactual-flip-rate", codes), Tolerance);
        Assert.AreEqual(0.2, Given.Fairness(data, "counterfactual-token-fairness-gap", codes), Tolerance);

        // (2 * 1 + 1 * 0.5 + 1 * 0) / 4
        var weighted = data with { Weights = [2, 5, 1, 1, 5] };
        Assert.AreEqual(0.625, Given.Fairness(weighted, "counterfactual-flip-rate", codes), Tolerance);
    }

    [TestMethod]
    public void Fairness_CounterfactualsOfAnotherAttribute_AreMissed()
    {
        var data = new ClassificationEvaluation([1, 0], [1, 0])
        {
            Counterfactuals = [new CounterfactualChanges("other", [0, 0], [0, 0])],
        };
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => Given.Fairness(data, "counterfactual-flip-rate", 0, 1));
        Assert.Contains("needs counterfactuals of 'group'", error.Message);
    }

    [TestMethod]
    public void Fairness_CounterfactualBounds_ContainTheValue()
    {
        var random = new SeededRandom(2);
        var data = EvaluationSamples.Create(PredictionKind.Classification, 2000, random);
        var report = GroupReport.Compute(
            data, [], [EvaluationSamples.Groups("g", 2000, 2, random)], Given.Options with { BootstrapSamples = 200 });
        var rate = report.Fairness(MetricCatalogue.BuiltIn.GetFairness("counterfactual-flip-rate"), "g");
        Assert.IsTrue(rate.Low < rate.Value && rate.Value < rate.High, $"{rate}");

        // About 667 rows with flips of 0, 1/2 or 1, of which the deviation is 0.41: 2 * 1.96 * 0.41 / sqrt(667).
        Assert.AreEqual(0.062, rate.High - rate.Low, 0.015);
    }
    // 20,000 rows in 2,000 groups: 4 bytes for each row in each group would be 160 MB.
    [TestMethod]
    public void Compute_ManyGroups_TakesMemoryForRowsAndForGroups()
    {
        const int rows = 20_000;
        const int groups = 2_000;
        var random = new SeededRandom(5);
        int[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(2))];
        var data = new ClassificationEvaluation(labels, labels)
        {
            Scores = [.. labels.Select(label => label + random.NextGaussian())],
        };
        var codes = new GroupCodes(
            "shop",
            [.. Enumerable.Range(0, rows).Select(row => row % groups)],
            [.. Enumerable.Range(0, groups).Select(group => $"{group}")]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var report = GroupReport.Compute(
            data,
            Given.Metrics("subgroup-auc", "bpsn-auc", "bnsp-auc"),
            [codes],
            Given.Options with { BootstrapSamples = 0 });
        Assert.IsLessThan(30_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(groups, report.Attributes[0].Groups.Count);
    }

}
