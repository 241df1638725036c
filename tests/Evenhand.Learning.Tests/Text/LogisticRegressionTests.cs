using Evenhand.Data;
using Evenhand.TestKit;

namespace Evenhand.Learning.Tests;

[TestClass]
public sealed class LogisticRegressionTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };

    private static readonly float[][] Inputs =
    [
        [1, 0, 0.5f], [0, 1, 0.25f], [1, 1, 0], [0, 0, 1], [0.5f, 0, 0], [0, 0.75f, 1], [1, 0.5f, 0.5f], [0.25f, 1, 0],
    ];

    // scikit-learn 1.2.1: LogisticRegression(C=1/0.5, tol=1e-14, max_iter=100000, solver="newton-cg").
    [TestMethod]
    public void Fit_DenseProblem_EqualsScikitLearn() => AssertFit(
        [1, 1, 1, 1, 1, 1, 1, 1], [0.80747223, -0.26077164, -1.34699655], 0.28816457);

    // The same with sample_weight.
    [TestMethod]
    public void Fit_WeightedRows_EqualsScikitLearn() => AssertFit(
        [1, 2, 1, 1, 0.5, 1, 3, 1], [0.57235484, -0.24372234, -1.36012463], -0.32220384);

    [TestMethod]
    public void Fit_BalancedClasses_EqualsWeightsWorkedByHand()
    {
        // Of 8 texts 2 are positive: these weigh 8 / (2 * 2), the others 8 / (2 * 6).
        string?[] texts = ["good", "good fit", "bad", "bad", "bad fit", "good bad", "fit", "none"];
        double[] labels = [1, 1, 0, 0, 0, 0, 0, 0];
        var weights = Array.ConvertAll(labels, y => y == 1 ? 2 : 8.0 / 12);
        var data = LearningSamples.Texts(texts, labels);
        var weighted = new Dataset(
            "weighted", data.Rows.With(new NumericColumn("weight", weights, ColumnRoles.Weight)));
        var options = new LogisticRegressionOptions { OptimizationTolerance = 1e-10 };
        var expected = Probabilities(new LogisticRegressionLearner(options).Fit(weighted, Context), data);
        var balanced = options with { ClassWeights = ClassWeighting.Balanced };
        var actual = Probabilities(new LogisticRegressionLearner(balanced).Fit(data, Context), data);
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.AreEqual(expected[row], actual[row], 1e-7);
        }
    }

    [TestMethod]
    public void Predict_SeparableTexts_TellsThemApart()
    {
        var data = LearningSamples.Texts(["lovely dress", "lovely blue", "cheap dress", "cheap blue"], [1, 1, 0, 0]);
        var options = new LogisticRegressionOptions { L2Regularization = 0.01 };
        var model = new LogisticRegressionLearner(options).Fit(data, Context);
        var test = LearningSamples.Texts(["LOVELY, lovely shoes!", "so cheap", ""], [0, 0, 0]);
        var predicted = (ClassPredictions)model.Predict(test);
        Assert.IsGreaterThan(0.8, predicted.Probabilities[0]);
        Assert.IsLessThan(0.2, predicted.Probabilities[1]);
        Assert.AreEqual(0.5, predicted.Probabilities[2], 1e-6);
        CollectionAssert.AreEqual(new[] { 1, 0 }, predicted.Decisions[..2]);
    }

    [TestMethod]
    public void Fit_TwoThreads_GivesTheModelOfOne()
    {
        var data = LearningSamples.Texts(3000, new SeedTree(3));
        var learner = new LogisticRegressionLearner(new LogisticRegressionOptions { LongestCharacterNgram = 4 });
        CollectionAssert.AreEqual(
            Probabilities(learner.Fit(data, Context), data),
            Probabilities(learner.Fit(data, Context with { Threads = 2 }), data));
    }

    [TestMethod]
    public void Fit_LabelNeitherZeroNorOne_SaysWhere()
    {
        var data = LearningSamples.Texts(["a", "b"], [1, 5]);
        var learner = new LogisticRegressionLearner(new LogisticRegressionOptions());
        Assert.Contains(
            "is 5 in row 1", Assert.ThrowsExactly<InputException>(() => learner.Fit(data, Context)).Message);
    }

    private static void AssertFit(double[] weights, double[] coefficients, double intercept)
    {
        double[] labels = [1, 0, 1, 0, 1, 0, 0, 1];
        var rows = new SparseMatrix(
            [.. Enumerable.Range(0, Inputs.Length + 1).Select(row => 3 * row)],
            [.. Enumerable.Range(0, 3 * Inputs.Length).Select(i => i % 3)],
            [.. Inputs.SelectMany(x => x)],
            3);
        var data = LearningSamples.Texts(new string?[labels.Length], labels);
        foreach (var solver in (LogisticRegressionSolver[])
            [LogisticRegressionSolver.TruncatedNewton, LogisticRegressionSolver.Lbfgs])
        {
            var options = new LogisticRegressionOptions
            {
                Solver = solver, L2Regularization = 0.5, OptimizationTolerance = 1e-12,
            };
            var fitted = LogisticRegressionFit.Fit(rows, TextLabels.Of(data, "test"), weights, options, Context);
            for (var column = 0; column < 3; column++)
            {
                Assert.AreEqual(coefficients[column], fitted.Weights[column], 1e-7);
            }

            Assert.AreEqual(intercept, fitted.Intercepts[0], 1e-7);
        }
    }

    private static double[] Probabilities(Model model, Dataset data) =>
        ((ClassPredictions)model.Predict(data)).Probabilities;
}
