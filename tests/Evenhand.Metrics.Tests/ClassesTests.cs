using Evenhand.Configuration.Randomness;
using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.TestKit;

namespace Evenhand.Metrics.Tests;

/// <summary>Metrics of several classes and of sets of labels: against scikit-learn 1.2.1, worked by hand, and their
/// laws.</summary>
[TestClass]
public sealed class ClassesTests
{
    private const int Classes = 4;
    private const double Tolerance = 1e-12;

    // Data and figures that Golden/classes.py printed (/usr/bin/python3, scikit-learn 1.2.1, NumPy 1.24.2): overall,
    // weighted, and of the two groups.
    private static readonly int[] Groups =
    [
        0, 0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1,
    ];

    private static readonly double[] Weights =
    [
        1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.5, 1.75, 0.5, 0.5, 0.75, 2.0, 1.75, 1.0, 1.5, 2.0, 0.25, 1.5, 0.5,
        1.5, 0.0, 2.0, 1.75, 0.0, 1.75, 1.75, 0.25, 0.5, 0.25, 1.75, 0.0, 0.5, 0.0, 1.0,
    ];

    private static readonly int[] Labels =
    [
        0, 1, 2, 3, 0, 1, 2, 3, 1, 3, 0, 0, 1, 1, 3, 1, 0, 3, 1, 1, 1, 0, 1, 2, 0, 1, 0, 0, 0, 3, 2, 0, 2, 0, 3, 1,
    ];

    private static readonly double[] Scores =
    [
        470, 210, 257, 252, 261, 314, 145, 46, 247, 358, 257, 387, 242, 333, 334, 262, 137, 253, 373, 308, 271, 145,
        69, 315, 146, 34, 396, 375, 374, 97, 376, 505, 286, 213, 99, 214, 298, 332, 65, 515, 146, 282, 133, 334, 420,
        157, 13, 300, 376, 274, 109, 372, 135, 429, 106, 152, 170, 313, 4, 147, 137, 490, 4, 277, 455, 131, 398, 259,
        184, 313, 113, 371, 296, 474, 86, 166, 176, 248, 211, 149, 223, 233, 251, 192, 121, 303, 115, 349, 270, 373,
        84, 314, 220, 388, 126, 264, 231, 34, 318, 250, 322, 128, 44, 271, 198, 399, 149, 195, 428, 373, 164, 8, 381,
        386, 16, 68, 138, 335, 194, 240, 65, 157, 496, 53, 215, 15, 39, 301, 329, 298, 345, 50, 514, 249, 310, 103,
        276, 358, 249, 174, 42, 355, 147, 356,
    ];

    private static readonly int[] Sets =
    [
        1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1,
        1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0,
    ];

    private static readonly double[] Percent =
    [
        54, 59, 88, 80, 53, 22, 9, 99, 10, 20, 30, 40, 33, 25, 91, 48, 82, 46, 87, 47, 66, 99, 50, 51, 23, 14, 88, 84,
        61, 6, 99, 99, 59, 13, 39, 1, 22, 53, 99, 12, 36, 82, 84, 30, 99, 70, 73, 50, 89, 40, 41, 1, 49, 42, 10, 3,
        42, 1, 88, 81, 74, 16, 15, 1, 69, 1, 25, 99, 99, 99, 32, 65, 31, 70, 1, 18, 62, 48, 80, 64, 78, 15, 99, 93,
        21, 70, 2, 72, 60, 55, 9, 22, 1, 28, 84, 22, 45, 56, 1, 99, 82, 85, 85, 1, 99, 49, 87, 10, 60, 55, 47, 99, 85,
        4, 55, 29, 25, 54, 52, 91, 78, 72, 37, 24, 17, 10, 14, 27, 57, 99, 26, 66, 20, 53, 35, 87, 83, 29, 52, 99, 1,
        15, 6, 16,
    ];

    private static MulticlassEvaluation Multiclass => new(Classes, Labels, Decide(Shares(Scores)))
    {
        Probabilities = Shares(Scores),
    };

    private static MultiLabelEvaluation MultiLabel => new(Classes, Sets, Array.ConvertAll(Percent, p => p >= 50 ? 1 : 0))
    {
        Probabilities = Array.ConvertAll(Percent, p => p / 100),
    };

    [TestMethod]
    [DataRow("micro-accuracy", 0.4722222222222222, 0.4657534246575342, 0.4, 0.5238095238095238)]
    [DataRow("macro-accuracy", 0.4863095238095238, 0.4543262191240133, 0.24285714285714285, 0.5821428571428571)]
    [DataRow("macro-f1", 0.46875, 0.43720462543991956, 0.26495726495726496, 0.5397727272727272)]
    [DataRow("micro-f1", 0.4722222222222222, 0.4657534246575342, 0.4000000000000001, 0.5238095238095238)]
    [DataRow("weighted-f1", 0.4756944444444444, 0.4698072274220541, 0.4353276353276353, 0.5183982683982683)]
    [DataRow("macro-precision", 0.47172619047619047, 0.4548707180500659, 0.29166666666666663, 0.5458333333333333)]
    [DataRow("macro-recall", 0.4863095238095238, 0.4543262191240133, 0.24285714285714285, 0.5821428571428571)]
    [DataRow("cohen-kappa", 0.28601252609603345, 0.2794229309035686, 0.13461538461538447, 0.3674698795180723)]
    [DataRow("matthews-correlation", 0.2896638976615352, 0.28745737854236325, 0.1373987796799311, 0.3754006091240496)]
    [DataRow("multiclass-log-loss", 1.2058325962285554, 1.2179862367665273, 1.2635567160436325, 1.164601082074929)]
    [DataRow("log-loss-reduction", 0.08994456178642157, 0.06971878735704695, -0.07898558256805598, 0.1333590335655094)]
    [DataRow("top-2-accuracy", 0.6388888888888888, 0.6232876712328768, 0.6, 0.6666666666666666)]
    [DataRow("top-3-accuracy", 0.9166666666666666, 0.9178082191780822, 0.9333333333333333, 0.9047619047619048)]
    [DataRow("macro-roc-auc", 0.6895149151614669, 0.6755703739210246, 0.5734615384615385, 0.7392243008314436)]
    public void Compute_SeveralClasses_EqualsScikitLearn(
        string metric, double overall, double weighted, double first, double second) =>
        AssertGolden(Multiclass, metric, overall, weighted, first, second);

    [TestMethod]
    [DataRow("subset-accuracy", 0.19444444444444445, 0.2328767123287671, 0.2, 0.19047619047619047)]
    [DataRow("hamming-loss", 0.3680555555555556, 0.3030821917808219, 0.36666666666666664, 0.36904761904761907)]
    [DataRow("label-micro-f1", 0.5691056910569106, 0.6143790849673202, 0.5, 0.6075949367088608)]
    [DataRow("label-macro-f1", 0.5646446078431372, 0.6071950521127113, 0.47619047619047616, 0.6041666666666666)]
    [DataRow("label-micro-precision", 0.4794520547945205, 0.5241635687732342, 0.4074074074074074, 0.5217391304347826)]
    [DataRow("label-micro-recall", 0.7, 0.7421052631578947, 0.6470588235294118, 0.7272727272727273)]
    [DataRow("samples-f1", 0.508068783068783, 0.5418786692759295, 0.45936507936507937, 0.5428571428571429)]
    [DataRow("samples-jaccard", 0.4351851851851852, 0.4691780821917808, 0.4, 0.4603174603174603)]
    [DataRow("multi-label-log-loss", 0.6169383959458964, 0.5326175657566257, 0.6214032359320597, 0.6137492245272083)]
    [DataRow("label-ranking-average-precision", 0.8858024691358026, 0.9474885844748859, 0.8777777777777778, 0.8915343915343915)]
    [DataRow("label-macro-roc-auc", 0.7509549025853374, 0.8239218154104113, 0.755189393939394, 0.7444711538461539)]
    public void Compute_SetsOfLabels_EqualsScikitLearn(
        string metric, double overall, double weighted, double first, double second) =>
        AssertGolden(MultiLabel, metric, overall, weighted, first, second);

    // Two groups of ten. Class 0 is decided in 6 and 2 rows, class 1 in 2 and 2, class 2 in 2 and 6: the largest
    // difference in selection is 0.4. True positive rates: class 0 4/4 and 2/4, class 1 1/3 and 2/3, class 2 2/3 and
    // 3/3: 0.5. False positive rates: class 0 2/6 and 0/6, class 1 1/7 and 0/7, class 2 0/7 and 3/7: 3/7, less than
    // 0.5.
    [TestMethod]
    [DataRow("multiclass-demographic-parity-difference", 0.4)]
    [DataRow("multiclass-equal-opportunity-difference", 0.5)]
    [DataRow("multiclass-equalized-odds-difference", 0.5)]
    public void Fairness_SeveralClasses_IsTheWorstClass(string metric, double expected)
    {
        int[] labels = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2];
        int[] decisions = [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 0, 0, 2, 2, 1, 1, 2, 2, 2, 2];
        int[] groups = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        Assert.AreEqual(
            expected, Given.Fairness(new MulticlassEvaluation(3, labels, decisions), metric, groups), Tolerance);
    }

    // Label 0 is decided in 2 of 2 and 1 of 2 rows, label 1 in 0 of 2 and 1 of 2. Of rows with label 0, 1 of 1 and 1 of
    // 1 are; with label 1, 0 of 1 and 1 of 1. Of rows without label 0, 1 of 1 and 0 of 1.
    [TestMethod]
    [DataRow("multi-label-demographic-parity-difference", 0.5)]
    [DataRow("multi-label-equal-opportunity-difference", 1.0)]
    [DataRow("multi-label-equalized-odds-difference", 1.0)]
    public void Fairness_SetsOfLabels_IsTheWorstLabel(string metric, double expected)
    {
        var data = new MultiLabelEvaluation(2, [1, 1, 0, 0, 1, 0, 0, 1], [1, 0, 1, 0, 1, 0, 0, 1]);
        Assert.AreEqual(expected, Given.Fairness(data, metric, 0, 0, 1, 1), Tolerance);
    }

    [TestMethod]
    public void Compute_ClassesInAnotherOrder_ChangesNothing()
    {
        int[] order = [2, 0, 3, 1];
        var data = Multiclass;
        var moved = new MulticlassEvaluation(
            Classes,
            Array.ConvertAll(data.Labels, label => order[label]),
            Array.ConvertAll(data.Decisions, decision => order[decision]))
        {
            Probabilities = Move(data.Probabilities!, order),
        };
        AssertSame(data, moved);
        var sets = MultiLabel;
        AssertSame(sets, new MultiLabelEvaluation(Classes, Move(sets.Labels, order), Move(sets.Decisions, order))
        {
            Probabilities = Move(sets.Probabilities!, order),
        });
    }

    // Two classes are a binary decision, of which each class is once the positive one.
    [TestMethod]
    public void Compute_TwoClasses_AgreesWithTheBinaryMetrics()
    {
        var binary = (ClassificationEvaluation)EvaluationSamples.Create(
            PredictionKind.Classification, 200, new SeededRandom(5));
        var two = new MulticlassEvaluation(2, binary.Labels, binary.Decisions)
        {
            Probabilities = [.. binary.Scores!.SelectMany(score => new[] { 1 - score, score })],
        };
        var turned = new ClassificationEvaluation(
            Array.ConvertAll(binary.Labels, label => 1 - label), Array.ConvertAll(binary.Decisions, label => 1 - label));
        Assert.AreEqual(Overall(binary, "accuracy"), Overall(two, "micro-accuracy"), Tolerance);
        Assert.AreEqual(Overall(binary, "balanced-accuracy"), Overall(two, "macro-accuracy"), Tolerance);
        Assert.AreEqual(Overall(binary, "log-loss"), Overall(two, "multiclass-log-loss"), Tolerance);
        Assert.AreEqual(Overall(binary, "roc-auc"), Overall(two, "macro-roc-auc"), Tolerance);
        Assert.AreEqual(1.0, Overall(two, "top-2-accuracy"), Tolerance);
        foreach (var (ofOne, ofSeveral) in new[] { ("f1", "macro-f1"), ("precision", "macro-precision") })
        {
            Assert.AreEqual((Overall(binary, ofOne) + Overall(turned, ofOne)) / 2, Overall(two, ofSeveral), Tolerance);
        }

        foreach (var name in new[] { "demographic-parity-difference", "equalized-odds-difference" })
        {
            int[] groups = [.. Enumerable.Range(0, 200).Select(row => row % 3)];
            Assert.AreEqual(
                Given.Fairness(binary, name, groups), Given.Fairness(two, "multiclass-" + name, groups), Tolerance);
        }
    }

    [TestMethod]
    public void Compute_TiedProbabilities_ShareTheirPlaces()
    {
        // The true class has one above it and one beside it: the second place is half its own, the third always.
        var data = new MulticlassEvaluation(4, [1], [0]) { Probabilities = [0.4, 0.25, 0.25, 0.1] };
        Assert.AreEqual(0.5, Overall(data, "top-2-accuracy"));
        Assert.AreEqual(1.0, Overall(data, "top-3-accuracy"));
    }

    [TestMethod]
    public void Compute_RowsAsUnits_HaveTheBoundsOfRows()
    {
        // Drawing each row as a unit of its own is drawing rows.
        var rows = Multiclass;
        var units = rows with { Units = [.. Enumerable.Range(0, rows.Count)] };
        var options = Given.Options with { BootstrapSamples = 300 };
        foreach (var name in new[] { "macro-f1", "macro-roc-auc" })
        {
            var metrics = Given.Metrics(name);
            var one = GroupReport.Compute(rows, metrics, [], options).Overall[name];
            Assert.AreEqual(one.Low, GroupReport.Compute(units, metrics, [], options).Overall[name].Low, Tolerance);
            Assert.IsTrue(one.Low < one.Value && one.Value < one.High);
        }
    }

    [TestMethod]
    public void Compute_BadInput_SaysWhatIsWrong()
    {
        AssertThrows("Labels[1] is 3; valid: 0 to 2", new MulticlassEvaluation(3, [0, 3], [0, 0]), "micro-accuracy");
        AssertThrows("needs probabilities", new MulticlassEvaluation(3, [0], [0]), "multiclass-log-loss");
        AssertThrows(
            "Probabilities has 2 entries where there are 1 rows of 3 classes",
            new MulticlassEvaluation(3, [0], [0]) { Probabilities = [0.5, 0.5] },
            "micro-accuracy");
        AssertThrows(
            "Probabilities[1] is 1.5; it must be from 0 to 1",
            new MultiLabelEvaluation(2, [0, 1], [0, 1]) { Probabilities = [0.5, 1.5] },
            "subset-accuracy");
        AssertThrows("both need 2 for each row", new MultiLabelEvaluation(2, [0, 1], [0]), "subset-accuracy");
    }

    private static void AssertThrows(string message, EvaluationData data, string metric) => Assert.Contains(
        message,
        Assert.ThrowsExactly<ArgumentException>(
            () => GroupReport.Compute(data, Given.Metrics(metric), [], Given.Options)).Message);

    private static void AssertGolden(
        ClassesEvaluation data, string name, double overall, double weighted, double first, double second)
    {
        var report = GroupReport.Compute(data, Given.Metrics(name), [Given.Groups(Groups)], Given.Options);
        Assert.AreEqual(overall, report.Overall[name].Value, Tolerance);
        Assert.AreEqual(weighted, Overall(data with { Weights = Weights }, name), Tolerance);
        Assert.AreEqual(first, report.Attributes[0].Groups[0].Values[name].Value, Tolerance);
        Assert.AreEqual(second, report.Attributes[0].Groups[1].Values[name].Value, Tolerance);
    }

    private static void AssertSame(EvaluationData data, EvaluationData moved)
    {
        foreach (var metric in MetricCatalogue.BuiltIn.For(data.Kind))
        {
            Assert.AreEqual(Overall(data, metric.Name), Overall(moved, metric.Name), Tolerance, metric.Name);
        }

        foreach (var metric in MetricCatalogue.BuiltIn.FairnessFor(data.Kind))
        {
            Assert.AreEqual(
                Given.Fairness(data, metric.Name, Groups), Given.Fairness(moved, metric.Name, Groups), Tolerance);
        }
    }

    private static double Overall(EvaluationData data, string name) =>
        GroupReport.Compute(data, Given.Metrics(name), [], Given.Options).Overall[name].Value;

    // The class at place c goes to place order[c], in every row.
    private static T[] Move<T>(T[] values, int[] order)
    {
        var moved = new T[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            moved[i - (i % Classes) + order[i % Classes]] = values[i];
        }

        return moved;
    }

    private static double[] Shares(double[] scores) => [.. scores.Chunk(Classes).SelectMany(row => row.Select(s => s / row.Sum()))];

    private static int[] Decide(double[] probabilities) =>
        [.. probabilities.Chunk(Classes).Select(row => Array.IndexOf(row, row.Max()))];
}
