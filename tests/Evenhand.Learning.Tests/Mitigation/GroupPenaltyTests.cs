using Evenhand.Learning.Linear;
using Evenhand.Learning.Mitigations.In;
using Evenhand.Learning.Mitigations.In.PrecisionRecallPenalty;
using Evenhand.Learning.Mitigations.In.RatePenalty;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class GroupPenaltyTests
{
    // Nine rows of three groups; the third has no positive row, the last row no group.
    private static readonly double[] Probabilities = [0.9, 0.2, 0.6, 0.7, 0.1, 0.4, 0.8, 0.3, 0.55];
    private static readonly int[] Classes = [1, 0, 1, 1, 0, 1, 0, 0, 1];
    private static readonly double[] Weights = [1, 2, 1, 0.5, 1, 3, 1, 1, 2];
    private static readonly RowGroups Groups = new([0, 0, 0, 1, 1, 1, 2, 2, -1], 3);

    private static readonly int[] ManyClasses = [0, 1, 2, 0, 2, 1];
    private static readonly RowGroups ManyGroups = new([0, 0, 0, 1, 1, 1], 2);

    private static readonly double[] ManyProbabilities =
        [0.5, 0.3, 0.2, 0.1, 0.7, 0.2, 0.2, 0.2, 0.6, 0.6, 0.3, 0.1, 0.25, 0.5, 0.25, 0.3, 0.3, 0.4];

    public static IEnumerable<object[]> Penalties =>
        [.. Enum.GetValues<GroupRate>().Select(rate => new object[] { rate.ToString() }), ["PrecisionRecall"]];

    // numpy 1.24.2, from the definitions: means of squared differences over pairs of the groups that have the
    // statistic.
    [TestMethod]
    [DataRow("Selection", 0.016990740740740744)]
    [DataRow("TruePositive", 0.09433673469387749)]
    [DataRow("FalsePositive", 0.11166666666666675)]
    [DataRow("TrueAndFalsePositive", 0.10300170068027212)]
    [DataRow("PrecisionRecall", 0.031006965128183232)]
    public void Value_NineRows_EqualsNumpy(string name, double expected) => Assert.AreEqual(
        expected, PenaltyPart(Binary(Penalty(name)), Logits(Probabilities)) / Weights.Sum(), 1e-12);

    // numpy 1.24.2: the mean over three classes, each against the others.
    [TestMethod]
    [DataRow("Selection", 0.0072222222222222176)]
    [DataRow("TruePositive", 0.09749999999999999)]
    [DataRow("PrecisionRecall", 0.0610522946606756)]
    public void Value_ThreeClasses_EqualsNumpy(string name, double expected) => Assert.AreEqual(
        expected, PenaltyPart(Many(Penalty(name)), Array.ConvertAll(ManyProbabilities, Math.Log)) / 6, 1e-12);

    [TestMethod]
    [DynamicData(nameof(Penalties))]
    public void Expand_AnyScores_EqualsFiniteDifferences(string name)
    {
        AssertGradient(Binary(Penalty(name)), Logits(Probabilities));
        AssertGradient(Many(Penalty(name)), Array.ConvertAll(ManyProbabilities, Math.Log));
    }

    // Where no statistic differs between groups, nothing is left out of the second derivatives.
    [TestMethod]
    [DynamicData(nameof(Penalties))]
    public void MultiplyCurvature_NoDifference_EqualsFiniteDifferences(string name)
    {
        var loss = new PenalizedLoss(
            new BinaryLoss([true, false, true, false, true, false], [1, 1, 1, 1, 1, 1]),
            Penalty(name),
            new RowGroups([0, 0, 1, 1, 2, 2], 3),
            [1, 0, 1, 0, 1, 0]);
        double[] scores = [0.4, -0.3, 0.4, -0.3, 0.4, -0.3];
        double[] direction = [1, -0.5, 0.25, 2, -1, 0.75];
        const double Step = 1e-5;
        var (more, less, found) = (new double[6], new double[6], new double[6]);
        loss.Expand([.. scores.Zip(direction, (s, d) => s + (Step * d))], more);
        loss.Expand([.. scores.Zip(direction, (s, d) => s - (Step * d))], less);
        loss.Expand(scores, new double[6]);
        loss.MultiplyCurvature(direction, found);
        for (var i = 0; i < 6; i++)
        {
            Assert.AreEqual((more[i] - less[i]) / (2 * Step), found[i], 1e-8, $"score {i}");
        }
    }

    [TestMethod]
    public void Measure_OneGroup_IsZero()
    {
        var counts = new SoftCounts(2);
        counts.Add(0, positive: true, weight: 1, probability: 0.7);
        var (byTrue, byFalse) = (new double[] { 9, 9 }, new double[] { 9, 9 });

        Assert.AreEqual(0, Penalty("TruePositive").Measure(counts, byTrue, byFalse));
        CollectionAssert.AreEqual(new double[2], byTrue);
        CollectionAssert.AreEqual(new double[2], byFalse);
    }

    private static GroupPenalty Penalty(string name) => Enum.TryParse<GroupRate>(name, out var rate)
        ? new RatePenalty(new RatePenaltyOptions { Rate = rate, Weight = 1 }).Start()
        : new PrecisionRecallPenalty(new PrecisionRecallPenaltyOptions { Weight = 1 }).Start();

    private static PenalizedLoss Binary(GroupPenalty penalty) =>
        new(new BinaryLoss([.. Classes.Select(c => c == 1)], Weights), penalty, Groups, Classes);

    private static PenalizedLoss Many(GroupPenalty penalty) =>
        new(new SoftmaxLoss(ManyClasses, 3, [1, 1, 1, 1, 1, 1]), penalty, ManyGroups, ManyClasses);

    private static double PenaltyPart(PenalizedLoss loss, double[] scores)
    {
        var plain = 0.0;
        for (var row = 0; row < loss.Weights.Length; row++)
        {
            plain += loss.Weights[row] * loss.ValueOf(row, scores);
        }

        return loss.Value(scores) - plain;
    }

    private static double[] Logits(double[] probabilities) =>
        Array.ConvertAll(probabilities, p => Math.Log(p / (1 - p)));

    private static void AssertGradient(PenalizedLoss loss, double[] scores)
    {
        const double Step = 1e-6;
        var found = new double[scores.Length];
        loss.Expand(scores, found);
        for (var i = 0; i < scores.Length; i++)
        {
            var (more, less) = ((double[])scores.Clone(), (double[])scores.Clone());
            more[i] += Step;
            less[i] -= Step;
            Assert.AreEqual((loss.Value(more) - loss.Value(less)) / (2 * Step), found[i], 1e-7, $"score {i}");
        }
    }
}
