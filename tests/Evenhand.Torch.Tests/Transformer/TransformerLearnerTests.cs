using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Explanations;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using Evenhand.Torch.Transformer;

namespace Evenhand.Torch.Tests.Transformer;

[TestClass]
public sealed class TransformerLearnerTests : TorchTest
{
    private static readonly SeedTree Seeds = new(17);

    private static readonly TransformerOptions Options = new()
    {
        HiddenSize = 32,
        NumberOfLayers = 1,
        NumberOfHeads = 2,
        IntermediateSize = 32,
        MaximumLength = 64,
        VocabularySize = 400,
        BatchSize = 16,
        NumberOfEpochs = 6,
        LearningRate = 5e-3,
    };

    [TestMethod]
    [DataRow(TokenizerKind.Wordpiece, PoolingKind.Mean, Precision.Float32)]
    [DataRow(TokenizerKind.Bpe, PoolingKind.Mean, Precision.Bfloat16)]
    [DataRow(TokenizerKind.Wordpiece, PoolingKind.Cls, Precision.Float32)]
    public void Fit_TwoWordsDecide_IsLearned(TokenizerKind tokenizer, PoolingKind pooling, Precision precision)
    {
        // A tenth of the labels are turned over, so that 0.9 is the most that can be had.
        var (train, test) = (LearningSamples.Texts(800, Seeds.Fork("a")), LearningSamples.Texts(400, Seeds.Fork("b")));
        using var model = Fit(
            Options with { Tokenizer = tokenizer, Pooling = pooling, Precision = precision, NumberOfEpochs = 10 }, train);
        var labels = ((NumericColumn)test.Label!).Values;
        var decisions = ((ClassPredictions)model.Predict(test)).Decisions;
        var right = 0;
        for (var row = 0; row < decisions.Length; row++)
        {
            right += decisions[row] == labels[row] ? 1 : 0;
        }

        Assert.IsGreaterThan(0.85, right / (double)decisions.Length);
    }

    [TestMethod]
    public void Fit_Categories_PredictsThem()
    {
        string[] words = ["alpha", "beta", "gamma"];
        var data = Sample(words, (text, named) => CategoricalColumn.FromValues(
            "label", named.Select(of => words[of[0]]), ColumnRoles.Label));
        using var model = Fit(Options, data);
        var predictions = (MulticlassPredictions)model.Predict(data);
        var label = (CategoricalColumn)data.Label!;

        CollectionAssert.AreEqual(label.Codes.ToArray(), predictions.Decisions);
        Assert.AreEqual(1, predictions.Probabilities[..3].Sum(), 1e-9);
    }

    [TestMethod]
    public void Fit_SetsOfLabels_PredictsThem()
    {
        string[] words = ["alpha", "beta", "gamma"];
        var data = Sample(words, (text, named) => CategorySetColumn.FromValues(
            "label", named.Select(of => of.Select(w => words[w]).ToArray()), ColumnRoles.Label));
        using var model = Fit(Options, data);
        var predictions = (MultiLabelPredictions)model.Predict(data);
        var right = 0;
        for (var row = 0; row < data.RowCount; row++)
        {
            for (var word = 0; word < words.Length; word++)
            {
                var has = data.Text!.Values[row]!.Contains(words[word], StringComparison.Ordinal) ? 1 : 0;
                var label = predictions.Labels.Values.ToArray().IndexOf(words[word]);
                right += predictions.Decisions[(row * words.Length) + label] == has ? 1 : 0;
            }
        }

        Assert.IsGreaterThan(0.97, right / (3.0 * data.RowCount));
    }

    // The first text alone says nothing: what counts is whether the second one is the same.
    [TestMethod]
    public void Fit_TwoTextColumns_ReadsBoth()
    {
        var random = Seeds.Fork("pairs").CreateRandom();
        string[] words = ["red", "blue"];
        var first = Enumerable.Range(0, 400).Select(_ => words[random.Next(2)]).ToArray();
        var second = Enumerable.Range(0, 400).Select(_ => words[random.Next(2)]).ToArray();
        var data = new Dataset("pairs", new Table(
        [
            new TextColumn("title", first, ColumnRoles.Text),
            new TextColumn("review", second, ColumnRoles.Text),
            new NumericColumn(
                "same", first.Zip(second, (a, b) => a == b ? 1.0 : 0).ToArray(), ColumnRoles.Label),
        ]));
        using var model = Fit(Options with { NumberOfEpochs = 20 }, data);

        CollectionAssert.AreEqual(
            first.Zip(second, (a, b) => a == b ? 1 : 0).ToArray(), ((ClassPredictions)model.Predict(data)).Decisions);
        var alone = new Dataset("alone", new Table([data.Rows.Columns[0], data.Rows.Columns[2]]));
        Assert.Contains("pairs of texts", Assert.ThrowsExactly<InputException>(() => model.Predict(alone)).Message);
    }

    [TestMethod]
    public void Fit_InterruptedAndTakenUp_GivesTheSameModel()
    {
        var data = LearningSamples.Texts(300, Seeds);
        using var uninterrupted = Fit(Options, data);
        var whole = ((ClassPredictions)uninterrupted.Predict(data)).Probabilities;
        var folder = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        try
        {
            using var cancellation = new CancellationTokenSource();
            var context = new FitContext { Seeds = Seeds, CheckpointFolder = folder };
            Assert.ThrowsExactly<OperationCanceledException>(() => new TransformerLearner(Options).Fit(data, context with
            {
                CancellationToken = cancellation.Token,
                Progress = progress =>
                {
                    if (progress.Done == 40)
                    {
                        cancellation.Cancel();
                    }
                },
            }));
            var steps = new List<long>();
            using var model = (TransformerModel)new TransformerLearner(Options).Fit(
                data, context with { Progress = progress => steps.Add(progress.Done) });

            Assert.AreEqual(41, steps[0]);
            CollectionAssert.AreEqual(whole, ((ClassPredictions)model.Predict(data)).Probabilities);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The law of completeness: what the pieces are worth sums to the difference of the scores.
    [TestMethod]
    public void Integrate_ManySteps_SumsToTheDifferenceOfScores()
    {
        using var model = Fit(Options, LearningSamples.Texts(400, Seeds));
        var explained = (IGradientTextModel)model;
        var gradients = explained.Integrate("soft lovely seam", 0, 200, default);
        var attributed = gradients.Pieces.Sum(piece => piece.Value);

        Assert.AreEqual(gradients.Score - gradients.Baseline, attributed, 1e-2);
        var (start, end) = (5, 11);
        var lovely = gradients.Pieces.Where(p => p.Start >= start && p.End <= end && p.End > p.Start).Sum(p => p.Value);
        Assert.IsGreaterThan(0.5 * attributed, lovely);
        var probability = ((ClassPredictions)model.Predict(LearningSamples.Texts(["soft lovely seam"], [1])))
            .Probabilities[0];
        Assert.AreEqual(probability, LabelClasses.Sigmoid(gradients.Score), 1e-5);
    }

    [TestMethod]
    public void Attention_OfAText_HasARowForEachPiece()
    {
        using var model = Fit(Options, LearningSamples.Texts(60, Seeds));
        var attention = ((IGradientTextModel)model).Attention("soft lovely", default);

        Assert.AreEqual("[CLS]", attention.Pieces[0].Token);
        Assert.AreEqual(1, attention.Layers);
        Assert.AreEqual(2, attention.Heads);
        Assert.AreEqual(1, attention.Weights(0, 1, 2).ToArray().Sum(), 1e-5f);
    }

    [TestMethod]
    public void Fit_WidthIsNoMultipleOfHeads_NamesTheOption() => Assert.Contains(
        "hiddenSize is 30",
        Assert.ThrowsExactly<InputException>(
            () => Fit(Options with { HiddenSize = 30, NumberOfHeads = 4 }, LearningSamples.Texts(20, Seeds))).Message);

    // By powers of 2, so that not a bit of the quotients changes.
    [TestMethod]
    [DataRow(200)]
    [DataRow(-200)]
    public void Fit_WeightsTimesAFactor_GivesTheSameModel(int exponent)
    {
        var data = LearningSamples.Texts(60, Seeds);
        var expected = Probabilities(1);

        CollectionAssert.AreEqual(expected, Probabilities(Math.ScaleB(1, exponent)));

        double[] Probabilities(double factor)
        {
            double[] weights = [.. Enumerable.Range(0, data.RowCount).Select(row => (1 + (row % 3)) * factor)];
            var column = new NumericColumn("weight", weights, ColumnRoles.Weight);
            using var model = Fit(
                Options with { NumberOfEpochs = 1 },
                new Dataset("weighted", new Table([.. data.Rows.Columns, column])));
            return ((ClassPredictions)model.Predict(data)).Probabilities;
        }
    }

    [TestMethod]
    public void Fit_RateFarTooHigh_SaysThatItDiverged() => Assert.Contains(
        "Lower learningRate",
        Assert.ThrowsExactly<DivergenceException>(() => Fit(
            Options with
            {
                LearningRate = 1,
                WeightDecay = 10,
                GradientClipping = 0,
                PreNorm = true,
                NumberOfEpochs = 200,
                Schedule = ScheduleKind.Constant,
                Patience = 0,
            },
            LearningSamples.Texts(200, Seeds))).Message);

    private static TransformerModel Fit(TransformerOptions options, Dataset data) =>
        (TransformerModel)new TransformerLearner(options).Fit(data, new FitContext { Seeds = Seeds });

    // Texts that name one to three of the words, among others.
    private static Dataset Sample(string[] words, Func<string[], int[][], Column> label)
    {
        var random = Seeds.Fork("sample").CreateRandom();
        var named = new int[400][];
        var texts = new string[named.Length];
        for (var row = 0; row < named.Length; row++)
        {
            named[row] = [.. random.NextPermutation(words.Length).Take(1 + (row % 2)).Order()];
            var others = Enumerable.Range(0, random.Next(5)).Select(i => $"filler{i}");
            texts[row] = string.Join(' ', named[row].Select(w => words[w]).Concat(others));
        }

        return new Dataset("sample", new Table(
            [new TextColumn("text", texts, ColumnRoles.Text), label(texts, named)]));
    }
}
