using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Learning.Explanations;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Transformer;

namespace Evenhand.Torch.Tests.Transformer;

[TestClass]
public sealed class TransformerExplanationsTests : TorchTest
{
    private static readonly SeedTree Seeds = new(41);

    private static readonly TransformerOptions Options = new()
    {
        HiddenSize = 16,
        NumberOfLayers = 2,
        NumberOfHeads = 2,
        IntermediateSize = 32,
        MaximumLength = 24,
        VocabularySize = 300,
        BatchSize = 16,
        NumberOfEpochs = 6,
        LearningRate = 5e-3,
    };

    [TestMethod]
    [DataRow(PoolingKind.Mean, true)]
    [DataRow(PoolingKind.Cls, false)]
    public void Explain_IntegratedGradients_AddUpToTheDifferenceOfScores(PoolingKind pooling, bool preNorm)
    {
        var data = LearningSamples.Texts(300, Seeds);
        using var model = Fit(Options with { Pooling = pooling, PreNorm = preNorm }, data);
        var explainer = new TextExplainer(model);
        foreach (var text in data.Text!.Values.ToArray().Take(5))
        {
            var explanation = explainer.Explain(text);
            var sum = explanation.Tokens.Sum(token => token.Value);

            Assert.AreEqual(ExplanationMethod.IntegratedGradients, explainer.Method);
            Assert.IsLessThan(1e-2, explanation.Quality!.Value, text);
            Assert.AreEqual(explanation.Prediction - explanation.BaseValue, sum, 1e-2, text);
            Assert.AreEqual(
                explanation.Probability,
                1 / (1 + Math.Exp(-explanation.Prediction)),
                1e-5,
                "The score is the log-odds.");
        }
    }

    [TestMethod]
    public void Integrate_Pieces_StandWhereTheTextHasThem()
    {
        using var model = Fit(Options with { NumberOfEpochs = 1 }, LearningSamples.Texts(100, Seeds));
        const string Text = "Good, unheardof words";
        var pieces = ((IGradientTextModel)model).Integrate(Text, 0, 3, default).Pieces;

        CollectionAssert.AreEqual(
            model.Tokenizer.Tokenize(Text).Select(token => (token.Start, token.End)).ToArray(),
            pieces.Select(piece => (piece.Start, piece.End)).ToArray());
    }

    [TestMethod]
    public void Attention_OfAText_IsADistributionInEveryHead()
    {
        using var model = Fit(Options with { NumberOfEpochs = 1 }, LearningSamples.Texts(100, Seeds));
        var attention = new TextExplainer(model).Attention("Good words");

        Assert.AreEqual("[CLS]", attention.Pieces[0].Token);
        Assert.AreEqual((2, 2), (attention.Layers, attention.Heads));
        for (var piece = 0; piece < attention.Pieces.Count; piece++)
        {
            Assert.AreEqual(1, attention.Weights(1, 1, piece).ToArray().Sum(), 1e-5f);
        }
    }

    [TestMethod]
    public void Attention_OfALongText_TellsWhereItIsCut()
    {
        using var model = Fit(Options with { NumberOfEpochs = 1 }, LearningSamples.Texts(100, Seeds));
        var explainer = new TextExplainer(model);
        var text = string.Concat(Enumerable.Repeat("good words ", 20));
        var attention = explainer.Attention(text);

        Assert.HasCount(24, attention.Pieces);
        Assert.AreEqual("[SEP]", attention.Pieces[^1].Token);
        Assert.AreEqual(attention.Pieces[^2].End, attention.ReadLength);
        Assert.AreEqual(model.Tokenizer.Tokenize(text)[21].End, attention.ReadLength);
        Assert.AreEqual(11, explainer.Attention("good words ").ReadLength);
    }

    [TestMethod]
    public void Explain_Cancelled_Throws()
    {
        using var model = Fit(Options with { NumberOfEpochs = 1 }, LearningSamples.Texts(60, Seeds));
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(
            () => ((IGradientTextModel)model).Integrate("a", 0, 10, cancellation.Token));
    }

    private static TransformerModel Fit(TransformerOptions options, Dataset data) =>
        (TransformerModel)new TransformerLearner(options).Fit(data, new FitContext { Seeds = Seeds });
}
