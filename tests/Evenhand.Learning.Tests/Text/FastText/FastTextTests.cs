using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;
using Evenhand.Learning.Text.FastText;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Text.FastText;

[TestClass]
public sealed class FastTextTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };

    // Steps for a handful of short texts.
    private static readonly FastTextOptions Options =
        new() { Dimension = 10, NumberOfIterations = 60, LearningRate = 0.5 };

    private static readonly string[] Colours = ["red", "green", "blue"];

    [TestMethod]
    public void Predict_SeparableTexts_TellsThemApart()
    {
        var model = new FastTextLearner(Options).Fit(Coats(30), Context);
        var test = LearningSamples.Texts(["LOVELY, lovely shoes!", "so cheap"], [0, 0]);
        CollectionAssert.AreEqual(new[] { 1, 0 }, ((ClassPredictions)model.Predict(test)).Decisions);
    }

    [TestMethod]
    [DataRow(FastTextLoss.Softmax, 10)]
    [DataRow(FastTextLoss.HierarchicalSoftmax, 10)]
    [DataRow(FastTextLoss.OneVersusAll, 10)]
    [DataRow(FastTextLoss.Softmax, 2)]
    [DataRow(FastTextLoss.HierarchicalSoftmax, 1)]
    public void Predict_Classes_GivesProbabilitiesThatSumToOneAndTellsThemApart(FastTextLoss loss, int dimension)
    {
        var data = Classes(90);
        var options = Options with { LossFunction = loss, Dimension = dimension };
        var model = new FastTextLearner(options).Fit(data, Context);
        var predictions = (MulticlassPredictions)model.Predict(data);
        for (var row = 0; row < predictions.Count; row++)
        {
            Assert.AreEqual(1, predictions.Probabilities.AsSpan(row * 3, 3).ToArray().Sum(), 1e-12);
        }

        if (dimension > 1)
        {
            CollectionAssert.AreEqual(((CategoricalColumn)data.Label!).Codes.ToArray(), predictions.Decisions);
        }
    }

    [TestMethod]
    public void Predict_Labels_FindsAllOfThem()
    {
        var data = Labels(120);
        var predictions = (MultiLabelPredictions)new FastTextLearner(Options).Fit(data, Context).Predict(data);
        var sets = (CategorySetColumn)data.Label!;
        for (var row = 0; row < data.RowCount; row++)
        {
            for (var label = 0; label < 3; label++)
            {
                var has = sets.Codes(row).Contains(label) ? 1 : 0;
                Assert.AreEqual(has, predictions.Decisions[(row * 3) + label], $"{row} {label}");
            }
        }
    }

    [TestMethod]
    public void Fit_LabelsWithSoftmax_SaysWhichLossWill()
    {
        var options = Options with { LossFunction = FastTextLoss.Softmax };
        Assert.IsFalse(options.Serves(TaskKind.MultiLabelTextClassification));
        var message = Assert.ThrowsExactly<InputException>(
            () => new FastTextLearner(options).Fit(Labels(10), Context)).Message;
        Assert.Contains("one-versus-all", message);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits(bool quantize)
    {
        var data = LearningSamples.Texts(700, new SeedTree(1));
        var options = Options with { Dimension = 50, NumberOfIterations = 3, Quantize = quantize };
        var one = Probabilities(new FastTextLearner(options).Fit(data, Context), data);
        foreach (var threads in (int[])[2, 3, 8])
        {
            var more = new FastTextLearner(options).Fit(data, Context with { Threads = threads });
            CollectionAssert.AreEqual(one, Probabilities(more, data));
        }
    }

    // A weight scales the step, so weights of 2 and half the step are the same thing, in floating point too.
    [TestMethod]
    public void Fit_WeightsOfTwo_EqualTwiceTheStep()
    {
        var data = LearningSamples.Texts(200, new SeedTree(1));
        var weights = new NumericColumn("weight", Enumerable.Repeat(2.0, 200).ToArray(), ColumnRoles.Weight);
        var weighted = new Dataset("weighted", data.Rows.With(weights));
        CollectionAssert.AreEqual(
            Probabilities(new FastTextLearner(Options).Fit(data, Context), data),
            Probabilities(new FastTextLearner(Options with { LearningRate = 0.25 }).Fit(weighted, Context), data));
    }

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
        var balanced = Options with { ClassWeights = ClassWeighting.Balanced };
        var expected = Probabilities(new FastTextLearner(Options).Fit(weighted, Context), data);
        var actual = Probabilities(new FastTextLearner(balanced).Fit(data, Context), data);
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.AreEqual(expected[row], actual[row], 1e-6);
        }
    }

    [TestMethod]
    public void Fit_MinimumCount_KnowsOnlyFrequentFeatures()
    {
        var data = LearningSamples.Texts(["a b a", "a b c", "d"], [1, 0, 1]);
        int Features(FastTextOptions options) =>
            ((FastTextModel)new FastTextLearner(options).Fit(data, Context)).FeatureCount;

        // a, b, c, d and "a b", "b a", "b c"; twice and more: a, b and "a b".
        Assert.AreEqual(7, Features(Options));
        Assert.AreEqual(4, Features(Options with { WordNgrams = 1 }));
        Assert.AreEqual(3, Features(Options with { MinimumCount = 2 }));
        Assert.AreEqual(0, Features(Options with { MinimumCount = 4 }));
        Assert.AreEqual(2, Features(Options with { LargestVocabulary = 2 }));
    }

    [TestMethod]
    public void Fit_LargestVocabulary_KeepsTheWordsThatDecide()
    {
        var model = new FastTextLearner(Options with { LargestVocabulary = 2, WordNgrams = 1 }).Fit(Coats(40), Context);
        var test = LearningSamples.Texts(["lovely", "cheap", "coat"], [0, 0, 0]);
        var probabilities = Probabilities(model, test);
        Assert.IsGreaterThan(0.8, probabilities[0]);
        Assert.IsLessThan(0.2, probabilities[1]);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fit_Quantized_PredictsNearlyTheSameFromASmallerFile(bool norms)
    {
        var data = Classes(400, distinctWords: 3000);

        // More classes than dimensions, so that vectors are kept and not outputs.
        var options = Options with { Dimension = 2, NumberOfIterations = 30 };
        var exact = new FastTextLearner(options).Fit(data, Context);
        var smaller = options with { Quantize = true, QuantizeNorms = norms, SubvectorLength = norms ? 2 : 1 };
        var quantized = new FastTextLearner(smaller).Fit(data, Context);
        var (expected, actual) = (Decisions(exact, data), Decisions(quantized, data));
        Assert.IsGreaterThan(390, expected.Zip(actual).Count(pair => pair.First == pair.Second));
    }

    [TestMethod]
    [DataRow(FastTextLoss.Softmax, false)]
    [DataRow(FastTextLoss.HierarchicalSoftmax, false)]
    [DataRow(FastTextLoss.OneVersusAll, true)]
    public void Load_ModelOfClasses_PredictsTheSameBits(FastTextLoss loss, bool quantizeNorms)
    {
        var data = Classes(60);
        var options = Options with
        {
            Dimension = 2,
            LossFunction = loss,
            Quantize = quantizeNorms,
            QuantizeNorms = quantizeNorms,
        };
        var model = new FastTextLearner(options).Fit(data, Context);
        var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.model");
        try
        {
            ModelFile.Save(model, path);
            CollectionAssert.AreEqual(
                ((MulticlassPredictions)model.Predict(data)).Probabilities,
                ((MulticlassPredictions)ModelFile.Load(path, TestRegistry.Shared).Predict(data)).Probabilities);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DataRow(10, false)]
    [DataRow(1, true)]
    public void Contributions_OfAText_SumToItsScore(int dimension, bool quantize)
    {
        const string Text = "Lovely coat, ﬁne coat; unheard";
        var options = Options with
        {
            Dimension = dimension,
            ShortestCharacterNgram = 1,
            LongestCharacterNgram = 4,
            Quantize = quantize,
        };
        var model = (FastTextModel)new FastTextLearner(options).Fit(Coats(40), Context);
        var probability = Probabilities(model, LearningSamples.Texts([Text], [0]))[0];
        var empty = Probabilities(model, LearningSamples.Texts([""], [0]))[0];
        var contributions = model.Contributions(Text);
        Assert.AreEqual(Math.Log(empty / (1 - empty)), contributions.Expected[0], 1e-5);
        Assert.AreEqual(
            Math.Log(probability / (1 - probability)),
            contributions.Expected[0] + contributions.Absent[0] + contributions.Ngrams.Sum(n => n.Contribution[0]),
            1e-5);
        Assert.IsTrue(contributions.Ngrams.Any(n => Text[n.Start..n.End] == "Lovely" && n.Contribution[0] > 0));
        Assert.IsTrue(contributions.Ngrams.Any(n => Text[n.Start..n.End] == "Lovely coat"));
    }

    [TestMethod]
    public void Fit_HugeSteps_Diverges() => Assert.Contains(
        "learningRate",
        Assert.ThrowsExactly<DivergenceException>(() => new FastTextLearner(
            Options with { LearningRate = 100, Dimension = 50 }).Fit(Labels(300), Context)).Message);

    private static double[] Probabilities(Model model, Dataset data) =>
        ((ClassPredictions)model.Predict(data)).Probabilities;

    private static int[] Decisions(Model model, Dataset data) => ((MulticlassPredictions)model.Predict(data)).Decisions;

    private static Dataset Coats(int rows) => LearningSamples.Texts(
        [.. Enumerable.Range(0, rows).Select(i => $"{(i % 2 == 0 ? "lovely" : "cheap")} coat number {i % 5}")],
        [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0 ? 1.0 : 0)]);

    private static Dataset Classes(int rows, int distinctWords = 10) => new("classes", new Table(
    [
        new TextColumn(
            "text",
            Enumerable.Range(0, rows)
                .Select(i => $"a {Colours[i % 3]} coat w{i * 31 % distinctWords} w{i * 77 % distinctWords}").ToArray(),
            ColumnRoles.Text),
        CategoricalColumn.FromValues(
            "colour", Enumerable.Range(0, rows).Select(i => Colours[i % 3]), ColumnRoles.Label),
    ]));

    private static Dataset Labels(int rows)
    {
        string[] Set(int i) => [.. Colours.Where((_, c) => (i >> c) % 2 == 1)];
        string[][] sets = [.. Enumerable.Range(0, rows).Select(Set)];
        return new Dataset("labels", new Table(
        [
            new TextColumn("text", Array.ConvertAll(sets, s => $"a {string.Join(" and ", s)} coat"), ColumnRoles.Text),
            CategorySetColumn.FromValues("colours", sets, ColumnRoles.Label),
        ]));
    }
}
