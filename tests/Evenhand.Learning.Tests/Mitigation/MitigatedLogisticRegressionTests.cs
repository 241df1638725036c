using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Linear;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.In.AdversarialDebiasing;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Learning.Mitigations.In.PrecisionRecallPenalty;
using Evenhand.Learning.Mitigations.In.RatePenalty;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

/// <summary>Logistic regression under mitigations of its loss.</summary>
[TestClass]
public sealed class MitigatedLogisticRegressionTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };

    private static readonly SparseMatrix Rows = new(
        [0, 3, 6, 9, 12, 15, 18, 21, 24],
        [.. Enumerable.Range(0, 24).Select(i => i % 3)],
        [
            1, 0, 0.5f, 0, 1, 0.25f, 1, 1, 0, 0, 0, 1, 0.5f, 0, 0, 0, 0.75f, 1, 1, 0.5f, 0.5f, 0.25f, 1, 0,
        ],
        3);

    private static readonly double[] Labels = [1, 0, 1, 0, 1, 0, 0, 1];
    private static readonly double[] Weights = [1, 2, 1, 1, 0.5, 1, 3, 1];
    private static readonly RowGroups Groups = new([0, 0, 0, 1, 1, 1, 0, 1], 2);

    private static readonly LogisticRegressionOptions Exact = new()
    {
        L2Regularization = 0.5,
        OptimizationTolerance = 1e-11,
        NumberOfIterations = 1000,
    };

    // scipy 1.10.1: minimize(method="BFGS", gtol=1e-10), then Nelder-Mead, of the penalized loss at weight 5.
    [TestMethod]
    [DataRow("Selection", new[] { 0.07767045, -0.44269259, -1.29431168, 0.0008686 })]
    [DataRow("TruePositive", new[] { 0.49069262, -0.24309528, -1.40246524, -0.25859799 })]
    [DataRow("PrecisionRecall", new[] { 0.88436175, -0.34260075, -0.74465181, -0.77656088 })]
    public void Fit_Penalty_EqualsScipy(string name, double[] expected)
    {
        InMitigation mitigation = Enum.TryParse<GroupRate>(name, out var rate)
            ? new RatePenalty(new RatePenaltyOptions { Rate = rate, Weight = 5 })
            : new PrecisionRecallPenalty(new PrecisionRecallPenaltyOptions { Weight = 5 });
        foreach (var solver in (LogisticRegressionSolver[])[
            LogisticRegressionSolver.TruncatedNewton, LogisticRegressionSolver.Lbfgs])
        {
            AssertFit(mitigation, solver, expected, 1e-6);
        }
    }

    // scipy 1.10.1: the weight of group 0 at which the least weighted loss is largest, 0.77832518, by minimize_scalar.
    [TestMethod]
    [DataRow(LogisticRegressionSolver.TruncatedNewton)]
    [DataRow(LogisticRegressionSolver.Lbfgs)]
    public void Fit_GroupDro_EqualsTheSaddlePointOfScipy(LogisticRegressionSolver solver) => AssertFit(
        new GroupDro(new GroupDroOptions { StepSize = 0.3 }),
        solver,
        [0.65723205, -0.31991812, -1.16873737, -0.52951108],
        1e-4);

    [TestMethod]
    public void Fit_WeightRises_TheGapFalls()
    {
        var data = Grouped(binary: true);
        double? last = null;
        foreach (var weight in (double[])[0, 3, 30, 300])
        {
            var gap = Gap(data, new RatePenalty(new RatePenaltyOptions { Group = "author", Weight = weight }));
            Assert.IsLessThan(last ?? 1, gap);
            last = gap;
        }

        Assert.IsLessThan(Gap(data, null) / 5, last!.Value);
    }

    [TestMethod]
    public void Fit_AnyThreadsAndWeightZero_GivesTheSameModel()
    {
        foreach (var binary in (bool[])[true, false])
        {
            var data = Grouped(binary);
            var plain = Values(data, null, 1);
            var none = new RatePenaltyOptions { Group = "author", Weight = 0 };
            CollectionAssert.AreEqual(plain, Values(data, new RatePenalty(none), 1));
            var penalty = new PrecisionRecallPenalty(new PrecisionRecallPenaltyOptions { Group = "author" });
            var robust = new GroupDro(new GroupDroOptions { Group = "author" });
            foreach (var mitigation in (InMitigation[])[penalty, robust])
            {
                var one = Values(data, mitigation, 1);
                CollectionAssert.AreNotEqual(plain, one);
                CollectionAssert.AreEqual(one, Values(data, mitigation, 3));
            }
        }
    }

    [TestMethod]
    public void Fit_SetsOfLabels_EqualsOneProblemForEach()
    {
        var data = Grouped(binary: true);
        var sets = ((NumericColumn)data.Label!).Values.ToArray()
            .Select(label => label == 1 ? (string[])["good", "any"] : ["any"]);
        var labels = CategorySetColumn.FromValues("labels", sets, ColumnRoles.Label);
        var many = new Dataset("sets", new Table([data.Text!, labels])).WithGroups(data.Groups);
        foreach (var mitigation in (InMitigation[])[
            new RatePenalty(new RatePenaltyOptions { Group = "author" }),
            new GroupDro(new GroupDroOptions { Group = "author" })])
        {
            var predicted = (MultiLabelPredictions)Fit(many, mitigation, 1).Predict(many);
            var good = labels.Vocabulary.CodeOf("good");
            CollectionAssert.AreEqual(
                Values(data, mitigation, 1),
                Enumerable.Range(0, data.RowCount).Select(row => predicted.Probabilities[(2 * row) + good]).ToArray());
        }
    }

    [TestMethod]
    public void Supports_StochasticDescent_IsFalse()
    {
        var penalty = new RatePenalty(new RatePenaltyOptions());
        var learner = new LogisticRegressionLearner(new LogisticRegressionOptions());
        var descent = new LogisticRegressionLearner(
            new LogisticRegressionOptions { Solver = LogisticRegressionSolver.Sgd });

        Assert.IsTrue(learner.Supports(penalty));
        Assert.IsFalse(descent.Supports(penalty));
        Assert.IsFalse(descent.Supports(new GroupDro(new GroupDroOptions())));
        Assert.IsFalse(learner.Supports(new AdversarialDebiasing(new AdversarialDebiasingOptions())));
    }

    [TestMethod]
    public void Fit_UnknownGroup_IsRefused() => Assert.Contains(
        "needs the group 'autor'",
        Assert.ThrowsExactly<InputException>(() => Values(
            Grouped(binary: true), new RatePenalty(new RatePenaltyOptions { Group = "autor" }), 1)).Message);

    [TestMethod]
    public void Fit_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => new LogisticRegressionLearner(new()).Fit(
            Grouped(binary: true),
            Context with
            {
                Mitigation = new GroupDro(new GroupDroOptions { Group = "author" }),
                CancellationToken = cancellation.Token,
            }));
    }

    private static void AssertFit(
        InMitigation mitigation, LogisticRegressionSolver solver, double[] expected, double tolerance)
    {
        var (weights, intercepts) = LogisticRegressionFit.Fit(
            Rows,
            RowLabels.Of(LearningSamples.Texts(new string?[8], Labels), "test"),
            Weights,
            Exact with { Solver = solver },
            Context with { Mitigation = mitigation },
            Groups);
        for (var i = 0; i < weights.Length; i++)
        {
            Assert.AreEqual(expected[i], weights[i], tolerance, $"weight {i}");
        }

        Assert.AreEqual(expected[^1], intercepts[0], tolerance);
    }

    private static Model Fit(Dataset data, InMitigation? mitigation, int threads) => new MitigatedLearner(
        new LogisticRegressionLearner(new LogisticRegressionOptions { HashBits = 10 }), null, mitigation, null)
        .Fit(data, Context with { Threads = threads });

    private static double[] Values(Dataset data, InMitigation? mitigation, int threads) =>
        Fit(data, mitigation, threads).Predict(data) switch
        {
            MulticlassPredictions several => several.Probabilities,
            var two => ((ClassPredictions)two).Probabilities,
        };

    private static double Gap(Dataset data, InMitigation? mitigation)
    {
        var values = Values(data, mitigation, 1);
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        var codes = data.GroupCodes(data.FindGroup("author")!);
        double Rate(int group) => values.Where((_, row) => codes[row] == group && labels[row] == 1).Average();
        return Math.Abs(Rate(0) - Rate(1));
    }

    // The second group writes "cheap" in half of its texts, good ones too; the first where it is not content.
    private static Dataset Grouped(bool binary)
    {
        var data = binary ? LearningSamples.Texts(500, new SeedTree(3)) : LearningSamples.Classes(500, new SeedTree(3));
        var random = new SeedTree(4).CreateRandom();
        var authors = new string?[data.RowCount];
        var texts = new string?[data.RowCount];
        for (var row = 0; row < authors.Length; row++)
        {
            authors[row] = random.Next(10) == 0 ? null : random.Next(4) == 0 ? "b" : "a";
            var first = data.Label is NumericColumn numbers
                ? numbers.Values[row] == 0
                : ((CategoricalColumn)data.Label!).Codes[row] == 0;
            texts[row] = data.Text!.Values[row]
                + ((authors[row] == "b" ? random.Next(2) == 0 : first && random.Next(3) > 0) ? " meh" : "");
        }

        return new Dataset("grouped", new Table([new TextColumn("text", texts, ColumnRoles.Text), data.Label!]))
            .WithGroups([new GroupAttribute("author", GroupSide.Row, CategoricalColumn.FromValues("author", authors))]);
    }
}
