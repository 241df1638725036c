using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;
using Evenhand.Learning.Linear;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Text.LogisticRegression;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Text;

[TestClass]
public sealed class LogisticRegressionTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };

    private static readonly float[][] Inputs =
    [
        [1, 0, 0.5f], [0, 1, 0.25f], [1, 1, 0], [0, 0, 1], [0.5f, 0, 0], [0, 0.75f, 1], [1, 0.5f, 0.5f], [0.25f, 1, 0],
    ];

    private static readonly double[] Labels = [1, 0, 1, 0, 1, 0, 0, 1];

    private static readonly double[] Ones = [1, 1, 1, 1, 1, 1, 1, 1];

    private static readonly SparseMatrix Rows = new(
        [.. Enumerable.Range(0, 9).Select(row => 3 * row)],
        [.. Enumerable.Range(0, 24).Select(i => i % 3)],
        [.. Inputs.SelectMany(x => x)],
        3);

    private static readonly LogisticRegressionOptions Exact = new()
    {
        L2Regularization = 0.5,
        OptimizationTolerance = 1e-12,
    };

    // scikit-learn 1.2.1: LogisticRegression(C=1/0.5, tol=1e-14, max_iter=100000, solver="newton-cg").
    [TestMethod]
    public void Fit_DenseProblem_EqualsScikitLearn() => AssertFit(
        [1, 1, 1, 1, 1, 1, 1, 1], [0.80747223, -0.26077164, -1.34699655], 0.28816457);

    // The same with sample_weight.
    [TestMethod]
    public void Fit_WeightedRows_EqualsScikitLearn() => AssertFit(
        [1, 2, 1, 1, 0.5, 1, 3, 1], [0.57235484, -0.24372234, -1.36012463], -0.32220384);

    // scikit-learn 1.2.1: LogisticRegression(C=1/0.5, tol=1e-14, max_iter=100000, solver="newton-cg",
    // multi_class="multinomial") with sample_weight; intercepts less their mean.
    [TestMethod]
    public void Fit_ThreeClasses_EqualsScikitLearn() => AssertClasses(
        ClassWeighting.None,
        [1, 2, 1, 1, 0.5, 1, 3, 1],
        [
            [-0.17864453, -1.61152897, 0.16638141], [0.13390777, 0.76528271, -0.41639981],
            [0.04473676, 0.84624626, 0.25001839],
        ],
        [0.61115795, 0.38216801, -0.99332597]);

    // The same with class_weight="balanced" in place of sample_weight.
    [TestMethod]
    public void Fit_BalancedThreeClasses_EqualsScikitLearn() => AssertClasses(
        ClassWeighting.Balanced,
        [1, 1, 1, 1, 1, 1, 1, 1],
        [
            [0.00249585, -1.57086143, 0.03791155], [-0.20921487, 0.6358102, -0.45107845],
            [0.20671902, 0.93505123, 0.4131669],
        ],
        [0.78078584, -0.02550371, -0.75528213]);

    // scikit-learn 1.2.1: LogisticRegression(penalty="elasticnet", C=1/0.5, l1_ratio=0.6, solver="saga", tol=1e-15).
    [TestMethod]
    public void Fit_AbsoluteWeights_EqualsScikitLearn()
    {
        var options = Exact with
        {
            Solver = LogisticRegressionSolver.Lbfgs,
            L1Regularization = 0.3,
            L2Regularization = 0.2,
        };
        var (weights, intercepts) = LogisticRegressionFit.Fit(
            Rows, RowLabels.Of(LearningSamples.Texts(new string?[8], Labels), "test"), Ones, options, Context);
        Assert.AreEqual(0.70925293, weights[0], 1e-6);
        Assert.AreEqual(0, weights[1]);
        Assert.AreEqual(-1.53911401, weights[2], 1e-6);
        Assert.AreEqual(0.26837101, intercepts[0], 1e-6);
    }

    [TestMethod]
    public void Fit_Solvers_Agree()
    {
        var data = LearningSamples.Texts(400, new SeedTree(5));
        var several = new Dataset("several", new Table(
        [
            data.Text!,
            CategoricalColumn.FromValues(
                "class", Enumerable.Range(0, 400).Select(row => $"c{data.Text!.Values[row]!.Length % 3}"),
                ColumnRoles.Label),
        ]));
        foreach (var sample in (Dataset[])[data, several])
        {
            var options = new LogisticRegressionOptions { L2Regularization = 1, OptimizationTolerance = 1e-8 };
            var newton = Values(new LogisticRegressionLearner(options).Fit(sample, Context), sample);
            var bfgs = options with { Solver = LogisticRegressionSolver.Lbfgs, NumberOfIterations = 1000 };
            AssertEqual(newton, Values(new LogisticRegressionLearner(bfgs).Fit(sample, Context), sample), 1e-5);
            var descent = options with { Solver = LogisticRegressionSolver.Sgd, NumberOfIterations = 1000 };
            AssertEqual(newton, Values(new LogisticRegressionLearner(descent).Fit(sample, Context), sample), 0.005);
        }
    }

    [TestMethod]
    public void Fit_SetsOfLabels_EqualsOneProblemForEach()
    {
        var data = LearningSamples.Texts(200, new SeedTree(6));
        var sets = Enumerable.Range(0, 200).Select(row => new[] { "good", "short" }.Where(label => label == "good"
            ? ((NumericColumn)data.Label!).Values[row] == 1
            : data.Text!.Values[row]!.Length < 30));
        var labels = CategorySetColumn.FromValues("labels", sets, ColumnRoles.Label);
        var many = new Dataset("sets", new Table([data.Text!, labels]));
        foreach (var weighting in Enum.GetValues<ClassWeighting>())
        {
            var options = new LogisticRegressionOptions { ClassWeights = weighting };
            var learner = new LogisticRegressionLearner(options);
            var predicted = (MultiLabelPredictions)learner.Fit(many, Context).Predict(many);
            var good = labels.Vocabulary.CodeOf("good");
            var actual = Enumerable.Range(0, 200).Select(row => predicted.Probabilities[(2 * row) + good]).ToArray();
            AssertEqual(Values(learner.Fit(data, Context), data), actual, 1e-12);
        }
    }

    [TestMethod]
    public void Contributions_OfAnyText_AddUpToTheScore()
    {
        var data = LearningSamples.Texts(300, new SeedTree(7));
        var options = new LogisticRegressionOptions { LongestCharacterNgram = 4, HashBits = 9, SignedHashing = true };
        foreach (var choice in (LogisticRegressionOptions[])[options, options with { VocabularySize = 300 }])
        {
            var model = (LogisticRegressionModel)new LogisticRegressionLearner(choice).Fit(data, Context);
            foreach (var text in (string?[])["lovely lovely dress", "unheard of", "", null, data.Text!.Values[0]])
            {
                var contributions = model.Contributions(text);
                var score = contributions.Expected[0] + contributions.Absent[0]
                    + contributions.Ngrams.Sum(ngram => ngram.Contribution[0]);
                var sample = LearningSamples.Texts([text], [0]);
                Assert.AreEqual(Values(model, sample)[0], LabelClasses.Sigmoid(score), 1e-9);
            }
        }
    }

    [TestMethod]
    public void Contributions_MarksOfWordEndsInCleanedText_StayWithinTheText()
    {
        var data = LearningSamples.Texts(100, new SeedTree(8));
        var options = new LogisticRegressionOptions
        {
            HashBits = 10,
            ShortestCharacterNgram = 1,
            LongestCharacterNgram = 2,
            KeepMarkup = false,
        };
        var model = (LogisticRegressionModel)new LogisticRegressionLearner(options).Fit(data, Context);
        const string Text = "lovely <b>dress";
        foreach (var (start, end, _) in model.Contributions(Text).Ngrams)
        {
            Assert.IsTrue(start >= 0 && start <= end && end <= Text.Length, $"{start} to {end}");
        }
    }

    // Shapley values worked by hand: a weight times the difference of the value from its mean in the training texts.
    [TestMethod]
    public void Contributions_OneWord_IsItsWeightTimesItsDifferenceFromTheMean()
    {
        var data = LearningSamples.Texts(["good", "bad", "good", ""], [1, 0, 1, 0]);
        var options = new LogisticRegressionOptions { WordNgrams = 1 };
        var model = (LogisticRegressionModel)new LogisticRegressionLearner(options).Fit(data, Context);
        double Score(string text) => Math.Log(1 / ((1 / Values(model, LearningSamples.Texts([text], [0]))[0]) - 1));
        var weight = Score("good") - Score("");
        var contributions = model.Contributions("so Good");
        var (start, end, contribution) = contributions.Ngrams.Single();
        Assert.AreEqual((3, 7), (start, end));
        Assert.AreEqual(weight * (1 - 0.5), contribution[0], 1e-7);
        var mean = (Score("good") + Score("bad") + Score("good") + Score("")) / 4;
        Assert.AreEqual(mean, contributions.Expected[0], 1e-7);
    }

    [TestMethod]
    public void Validate_AbsoluteWeightsWithoutLbfgs_SaysSo() => Assert.Contains(
        "unless solver is lbfgs",
        Assert.ThrowsExactly<InputException>(
            new LogisticRegressionOptions { L1Regularization = 1 }.Validate).Message);

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
        var labels = RowLabels.Of(LearningSamples.Texts(new string?[8], Labels), "test");
        foreach (var solver in (LogisticRegressionSolver[])
            [LogisticRegressionSolver.TruncatedNewton, LogisticRegressionSolver.Lbfgs])
        {
            var fitted = LogisticRegressionFit.Fit(Rows, labels, weights, Exact with { Solver = solver }, Context);
            AssertEqual(coefficients, fitted.Weights, 1e-7);
            Assert.AreEqual(intercept, fitted.Intercepts[0], 1e-7);
        }
    }

    private static void AssertClasses(
        ClassWeighting weighting, double[] weights, double[][] coefficients, double[] intercepts)
    {
        var data = new Dataset("classes", new Table(
        [
            new TextColumn("text", new string?[8]),
            CategoricalColumn.FromValues("y", ["0", "1", "2", "0", "0", "2", "1", "1"], ColumnRoles.Label),
            new NumericColumn("weight", weights, ColumnRoles.Weight),
        ]));
        var labels = RowLabels.Of(data, "test");
        foreach (var solver in (LogisticRegressionSolver[])
            [LogisticRegressionSolver.TruncatedNewton, LogisticRegressionSolver.Lbfgs])
        {
            var fitted = LogisticRegressionFit.Fit(
                Rows, labels, labels.Weights(data, weighting), Exact with { Solver = solver }, Context);
            AssertEqual(
                [.. Enumerable.Range(0, 9).Select(i => coefficients[i % 3][i / 3])], fitted.Weights, 1e-6);
            AssertEqual(intercepts, fitted.Intercepts, 1e-6);
        }
    }

    private static void AssertEqual(double[] expected, double[] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], tolerance);
        }
    }

    private static double[] Values(Model model, Dataset data) => model.Predict(data) switch
    {
        MulticlassPredictions several => several.Probabilities,
        var two => ((ClassPredictions)two).Probabilities,
    };

    private static double[] Probabilities(Model model, Dataset data) =>
        ((ClassPredictions)model.Predict(data)).Probabilities;
}
