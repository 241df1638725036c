using Evenhand.Configuration.Randomness;
using Evenhand.Tokenization;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Tests.Training;
using Evenhand.Torch.Training;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.Transformers;

[TestClass]
public sealed class TextClassifierTests : TorchTest
{
    private static readonly SeedTree Seeds = new(5);

    [TestMethod]
    [DataRow(PoolingKind.Cls, false)]
    [DataRow(PoolingKind.Mean, false)]
    [DataRow(PoolingKind.Cls, true)]
    [DataRow(PoolingKind.Mean, true)]
    public void Classify_ShortTextAmongLongOnes_HasTheScoresItHasAlone(PoolingKind pooling, bool preNorm)
    {
        var texts = new TrainingTexts(TrainingSamples.Texts(40, Seeds), 0);
        using var classifier = TrainingSamples.Classifier(
            TrainingSamples.Encoder with { PreNorm = preNorm }, Seeds, new DropoutRandom(Seeds), pooling);
        classifier.eval();
        using var scope = NewDisposeScope();
        var together = Scores(classifier, texts, [.. Enumerable.Range(0, 40)]);

        for (var row = 0; row < 40; row++)
        {
            Assert.AreEqual(Scores(classifier, texts, [row])[0], together[row], 1e-5f);
        }
    }

    [TestMethod]
    public void Classify_Segments_ChangeTheScores()
    {
        SubwordToken[] plain = [.. Enumerable.Range(1, 5).Select(id => new SubwordToken(id, 0, 0))];
        SubwordToken[] pair = [.. plain.Select((token, i) => token with { Segment = i / 3 })];
        var texts = new TrainingTexts(TokenizedTexts.Of([plain, pair]), 0);
        using var classifier = TrainingSamples.Classifier(TrainingSamples.Encoder, Seeds, new DropoutRandom(Seeds));
        classifier.eval();
        using var scope = NewDisposeScope();
        var scores = Scores(classifier, texts, [0, 1]);

        Assert.AreNotEqual(scores[0], scores[1]);
    }

    [TestMethod]
    public void Classify_Maps_AreDistributionsOverTokens()
    {
        var texts = new TrainingTexts(TrainingSamples.Texts(6, Seeds), 0);
        using var classifier = TrainingSamples.Classifier(TrainingSamples.Encoder, Seeds, new DropoutRandom(Seeds));
        classifier.eval();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = texts.Batch([.. Enumerable.Range(0, 6)], CPU);
        var maps = new List<Tensor>();
        classifier.Classify(classifier.Encoder.Words(batch.Ids), batch.Types, batch.Mask, maps);

        Assert.HasCount(2, maps);
        var length = batch.Ids.shape[1];
        CollectionAssert.AreEqual(new long[] { 6, 2, length, length }, maps[0].shape);
        foreach (var sum in maps[1].sum(-1).data<float>())
        {
            Assert.AreEqual(1, sum, 1e-5f);
        }

        // Nothing is taken from what fills short texts.
        var filled = maps[1] * (-batch.Mask!).Plus(1).unsqueeze(1).unsqueeze(1);
        Assert.AreEqual(0, filled.sum().item<float>());
    }

    private static float[] Scores(TextClassifier classifier, TrainingTexts texts, int[] rows)
    {
        using var _ = no_grad();
        var batch = texts.Batch(rows, CPU);
        return classifier.Classify(classifier.Encoder.Words(batch.Ids), batch.Types, batch.Mask)
            .Scores.data<float>().ToArray();
    }
}
