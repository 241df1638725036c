using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;

namespace Evenhand.Metrics.Tests;

/// <summary>Figures worked by hand.</summary>
[TestClass]
public sealed class HandWorkedTests
{
    private const double Tolerance = 1e-12;

    // Item averages, e = mean prediction - mean label:
    //   item 0: group 0 has labels 5, 3 and predictions 3, 3: e = 3 - 4 = -1; group 1 has 2 and 4: e' = 2
    //   item 1: group 0 has 2 and 3: e = 1;   group 1 has labels 4, 4 and predictions 4, 3: e' = 3.5 - 4 = -0.5
    //   item 2: group 0 only: left out
    private static readonly RatingEvaluation Ratings =
        new([5, 3, 2, 2, 4, 4, 1], [3, 3, 4, 3, 4, 3, 2]) { Items = [0, 0, 0, 1, 1, 1, 2] };

    private static readonly int[] RatingGroups = [0, 0, 1, 0, 1, 1, 0];

    // Group 0: TP 3, FN 1, FP 1, TN 1. Group 1: TP 1, FN 1, FP 0, TN 2.
    private static readonly ClassificationEvaluation Decisions =
        new([1, 1, 1, 1, 0, 0, 1, 1, 0, 0], [1, 1, 1, 0, 1, 0, 1, 0, 0, 0]);

    private static readonly int[] DecisionGroups = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1];

    [TestMethod]
    [DataRow("value-unfairness", (3 + 1.5) / 2)]
    [DataRow("absolute-unfairness", (1 + 0.5) / 2)]
    [DataRow("under-unfairness", (1 + 0.5) / 2)]
    [DataRow("over-unfairness", (2.0 + 1) / 2)]
    [DataRow("non-parity-unfairness", (11.0 / 3) - 2.75)]
    public void Fairness_RatingUnfairnessOfTwoGroups_EqualsPaperByHand(string name, double expected) =>
        Assert.AreEqual(expected, Given.Fairness(Ratings, name, RatingGroups), Tolerance);

    // One item, label 3, predictions 4, 3, 2. Group 0 against the rest: e = 1, e' = 2.5 - 3 = -0.5; group 1: 0 and 0;
    // group 2: -1 and 0.5. Worst of them: value 1.5, absolute 0.5, under |1 - 0|, over |1 - 0|.
    [TestMethod]
    [DataRow("value-unfairness", 1.5)]
    [DataRow("absolute-unfairness", 0.5)]
    [DataRow("under-unfairness", 1.0)]
    [DataRow("over-unfairness", 1.0)]
    [DataRow("non-parity-unfairness", 1.5)]
    public void Fairness_RatingUnfairnessOfThreeGroups_IsWorstAgainstRest(string name, double expected)
    {
        var data = new RatingEvaluation([3, 3, 3], [4, 3, 2]) { Items = [0, 0, 0] };
        Assert.AreEqual(expected, Given.Fairness(data, name, 0, 1, 2), Tolerance);
    }

    [TestMethod]
    public void Fairness_UnknownItem_IsLeftOutOfItemAverages()
    {
        // As above, with two rows more of no known item: group 0 predicts 5 for 1, group 1 predicts 1 for 5.
        var data = new RatingEvaluation([.. Ratings.Labels, 1, 5], [.. Ratings.Predictions, 5, 1])
        {
            Items = [.. Ratings.Items!, -1, -1],
        };
        int[] groups = [.. RatingGroups, 0, 1];
        Assert.AreEqual((3 + 1.5) / 2, Given.Fairness(data, "value-unfairness", groups), Tolerance);
        Assert.AreEqual((16.0 / 5) - (12.0 / 4), Given.Fairness(data, "non-parity-unfairness", groups), Tolerance);
    }

    [TestMethod]
    [DataRow("demographic-parity-difference", (4.0 / 6) - (1.0 / 4))]
    [DataRow("demographic-parity-ratio", 1.0 / 4 / (4.0 / 6))]
    [DataRow("equal-opportunity-difference", (3.0 / 4) - (1.0 / 2))]
    [DataRow("equal-opportunity-ratio", 1.0 / 2 / (3.0 / 4))]
    [DataRow("equalized-odds-difference", 1.0 / 2)]
    [DataRow("equalized-odds-ratio", 0.0)]
    [DataRow("predictive-parity-difference", 1 - (3.0 / 4))]
    [DataRow("accuracy-difference", (3.0 / 4) - (4.0 / 6))]
    [DataRow("accuracy-worst-group", 4.0 / 6)]
    [DataRow("false-positive-rate-worst-group", 1.0 / 2)]
    [DataRow("f1-ratio", 2.0 / 3 / (6.0 / 8))]
    public void Fairness_Decisions_EqualsHandWorkedFigure(string name, double expected) =>
        Assert.AreEqual(expected, Given.Fairness(Decisions, name, DecisionGroups), Tolerance);

    // Mean absolute errors 1, 2 and 6: pairs differ by 1, 5 and 4.
    [TestMethod]
    public void Fairness_MeanAbsoluteDeviation_IsOverAllPairsOfGroups() => Assert.AreEqual(
        10.0 / 3, Given.Fairness(new RatingEvaluation([0, 0, 0, 0], [1, 2, 6, -6]), "mae-mad", 0, 1, 2, 2), Tolerance);

    // At 3. User 0 finds one of three relevant items in place 2: DCG = 1 / log2(3), IDCG = 1 + 1 / log2(3) + 1 / 2.
    // User 1 finds the only one in place 1. User 2 has none and is left out. User 3 finds none.
    [TestMethod]
    [DataRow("ndcg@3", ((0.63092975357145743 / 2.1309297535714573) + 1 + 0) / 3)]
    [DataRow("recall@3", ((1.0 / 3) + 1 + 0) / 3)]
    [DataRow("precision@3", ((1.0 / 3) + (1.0 / 3) + 0) / 3)]
    [DataRow("hit-rate@3", 2.0 / 3)]
    [DataRow("mrr@3", (0.5 + 1 + 0) / 3)]
    public void Compute_Rankings_EqualsHandWorkedFigure(string name, double expected)
    {
        var data = new RankingEvaluation(
            [0, 1, 2, 3],
            [[3, 1, 4, 0, 2], [5, 6, 7], [1, 2, 3], [0, 1, 2]],
            [[1, 2, 9], [5], [], [8]]);
        var report = GroupReport.Compute(data, Given.Metrics(name), [Given.Groups(0, 0, 1, 1)], Given.Options);
        Assert.AreEqual(expected, report.Overall[name].Value, Tolerance);
        Assert.AreEqual(3, report.Count);
        Assert.AreEqual(1, report.Attributes[0].Groups[1].Count);
        Assert.AreEqual(0.0, report.Attributes[0].Groups[1].Values[name].Value);
    }

    // Pairs (positive, negative): scores .8 and .5 against .5 and .1: 1 + 1 + 1/2 + 1 of 4.
    [TestMethod]
    public void Compute_RocAucWithTies_CountsTiesOneHalf()
    {
        var data = new ClassificationEvaluation([1, 0, 1, 0], [0, 0, 0, 0]) { Scores = [0.8, 0.5, 0.5, 0.1] };
        var report = GroupReport.Compute(data, Given.Metrics("roc-auc"), [], Given.Options);
        Assert.AreEqual(3.5 / 4, report.Overall["roc-auc"].Value, Tolerance);
    }

    [TestMethod]
    public void Compute_RankingListsAnItemTwice_CountsItOnce()
    {
        var data = new RankingEvaluation([0], [[7, 7, 1]], [[7, 7]]);
        var report = GroupReport.Compute(data, Given.Metrics("recall@3", "precision@3"), [], Given.Options);
        Assert.AreEqual(1.0, report.Overall["recall@3"].Value);
        Assert.AreEqual(1.0 / 3, report.Overall["precision@3"].Value, Tolerance);
    }
}
