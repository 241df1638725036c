using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Learning.Classes;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Tests.HuggingFace;
using Evenhand.Torch.Tests.Training;
using Evenhand.Torch.Training;
using Evenhand.Torch.Transformer;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.Transformer;

[TestClass]
public sealed class FineTuningTests : TorchTest
{
    private static readonly SeedTree Seeds = new(23);

    private static readonly TransformerOptions Options = new()
    {
        HiddenSize = 16,
        NumberOfLayers = 2,
        NumberOfHeads = 2,
        IntermediateSize = 32,
        MaximumLength = 32,
        Lora = new LoraOptions { Rank = 3, Alpha = 6, Dropout = 0.2 },
        Adapter = new AdapterOptions { Size = 5 },
    };

    [TestMethod]
    [DataRow(FineTuning.Lora)]
    [DataRow(FineTuning.Adapter)]
    public void Classify_AtTheStart_ScoresAsThePlainClassifierDoes(FineTuning fineTuning)
    {
        using var plain = Create(FineTuning.Full);
        using var adapted = Create(fineTuning);
        CopyCommon(plain, adapted);

        AreNear(Scores(plain), tensor(Scores(adapted)), 0);
    }

    [TestMethod]
    public void WithoutLowRank_AfterTraining_ScoresAsBefore()
    {
        var adapted = Create(FineTuning.Lora);
        using (no_grad())
        {
            foreach (var layer in adapted.Encoder.modules().OfType<LowRankLinear>())
            {
                foreach (var added in layer.Added)
                {
                    added.copy_(new WeightInitializer(Seeds.CreateRandom())
                        .Normal((int)added.shape[0], (int)added.shape[1]).Times(10));
                }
            }
        }

        var names = adapted.state_dict().Keys.ToArray();
        var before = Scores(adapted);
        using var merged = adapted.WithoutLowRank();
        merged.eval();

        AreNear(before, tensor(Scores(merged)), 1e-5);
        Assert.AreEqual(names.Length - (2 * 2 * 2), merged.state_dict().Count);
    }

    [TestMethod]
    [DataRow(FineTuning.Lora, "layer0.attention.query.down layer0.attention.query.up layer0.attention.value.down "
        + "layer0.attention.value.up layer1.attention.query.down layer1.attention.query.up "
        + "layer1.attention.value.down layer1.attention.value.up")]
    [DataRow(FineTuning.Adapter, "embeddings.norm.bias embeddings.norm.weight "
        + "layer0.attentionAdapter.down.bias layer0.attentionAdapter.down.weight "
        + "layer0.attentionAdapter.up.bias layer0.attentionAdapter.up.weight "
        + "layer0.attentionNorm.bias layer0.attentionNorm.weight "
        + "layer0.feedForwardAdapter.down.bias layer0.feedForwardAdapter.down.weight "
        + "layer0.feedForwardAdapter.up.bias layer0.feedForwardAdapter.up.weight "
        + "layer0.feedForwardNorm.bias layer0.feedForwardNorm.weight "
        + "layer1.attentionAdapter.down.bias layer1.attentionAdapter.down.weight "
        + "layer1.attentionAdapter.up.bias layer1.attentionAdapter.up.weight "
        + "layer1.attentionNorm.bias layer1.attentionNorm.weight "
        + "layer1.feedForwardAdapter.down.bias layer1.feedForwardAdapter.down.weight "
        + "layer1.feedForwardAdapter.up.bias layer1.feedForwardAdapter.up.weight "
        + "layer1.feedForwardNorm.bias layer1.feedForwardNorm.weight norm.bias norm.weight")]
    [DataRow(FineTuning.Head, "")]
    public void ChooseForLabels_Parts_AloneGetGradients(FineTuning fineTuning, string expected)
    {
        using var classifier = Create(fineTuning);
        TrainedParameters.ChooseForLabels(classifier, fineTuning);
        classifier.train();
        var samples = TrainingSamples.Labelled(16, Seeds);
        var batch = samples.Batch([.. Enumerable.Range(0, 16)], CPU);
        new ClassificationObjective(classifier, [new ClassificationLoss(LabelKind.Binary, 0)], Precision.Float32)
            .Loss(batch).backward();
        string[] found = [.. classifier.named_parameters()
            .Where(p => p.parameter.grad is not null).Select(p => p.name).Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"encoder.{name}")
                .Concat(["head.bias", "head.weight"]).ToArray(),
            found);
    }

    [TestMethod]
    [DataRow(FineTuning.Full, 41)]
    [DataRow(FineTuning.Lora, 2 + 8)]
    [DataRow(FineTuning.Adapter, 2 + 16 + 12)]
    [DataRow(FineTuning.Head, 2)]
    public void Fit_Checkpoint_HoldsAveragesOfTrainedParametersAlone(FineTuning fineTuning, int expected)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        try
        {
            using var cancellation = new CancellationTokenSource();
            Assert.ThrowsExactly<OperationCanceledException>(() => new TransformerLearner(Options with
            {
                FineTuning = fineTuning,
                VocabularySize = 300,
            }).Fit(LearningSamples.Texts(100, Seeds), new FitContext
            {
                Seeds = Seeds,
                CheckpointFolder = folder,
                CancellationToken = cancellation.Token,
                Progress = _ => cancellation.Cancel(),
            }));
            var kept = Safetensors.Read(Path.Combine(folder, "checkpoint.safetensors")).Keys;

            Assert.AreEqual(expected, kept.Count(name => name.EndsWith("/square", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    [DataRow("bert", FineTuning.Full, PoolingKind.Cls)]
    [DataRow("roberta", FineTuning.Lora, PoolingKind.Mean)]
    [DataRow("distilbert", FineTuning.Adapter, PoolingKind.Cls)]
    [DataRow("bert", FineTuning.Head, PoolingKind.Mean)]
    public void Fit_Pretrained_IsSavedAndLoadedWhole(string type, FineTuning fineTuning, PoolingKind pooling)
    {
        using var folder = new PretrainedFolder(type);
        var data = LearningSamples.Texts(60, Seeds);
        using var model = (TransformerModel)Fit(folder, fineTuning, pooling, data);
        var expected = ((ClassPredictions)model.Predict(data)).Probabilities;
        var path = Path.Combine(folder.Path, "fitted.model");
        ModelFile.Save(model, path);
        using var loaded = (TransformerModel)ModelFile.Load(path, Registries.Full);

        CollectionAssert.AreEqual(expected, ((ClassPredictions)loaded.Predict(data)).Probabilities);
        Assert.IsTrue(expected.All(double.IsFinite));
    }

    [TestMethod]
    [DataRow(FineTuning.Lora)]
    [DataRow(FineTuning.Head)]
    public void Fit_FrozenWeights_StayThoseOfTheFolder(FineTuning fineTuning)
    {
        using var folder = new PretrainedFolder("bert");
        using var model = (TransformerModel)Fit(
            folder, fineTuning, PoolingKind.Mean, LearningSamples.Texts(60, Seeds));
        var key = model.Classifier.Encoder.state_dict()["layer0.attention.key.weight"];
        var query = model.Classifier.Encoder.state_dict()["layer0.attention.query.weight"];

        Assert.IsTrue(key.allclose(folder.Tensors["bert.encoder.layer.0.attention.self.key.weight"], 0, 0));
        Assert.AreEqual(
            fineTuning == FineTuning.Head,
            query.allclose(folder.Tensors["bert.encoder.layer.0.attention.self.query.weight"], 0, 0));
    }

    [TestMethod]
    public void SaveHuggingFace_FromScratch_IsReadAsPretrained()
    {
        var data = LearningSamples.Texts(100, Seeds);
        using var first = (TransformerModel)new TransformerLearner(Options with
        {
            PreNorm = false,
            Pooling = PoolingKind.Cls,
            VocabularySize = 300,
            NumberOfEpochs = 1,
        }).Fit(data, new FitContext { Seeds = Seeds });
        var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        try
        {
            first.SaveHuggingFace(path);

            // At a rate of next to nothing nothing is learned on top.
            using var again = (TransformerModel)new TransformerLearner(new TransformerOptions
            {
                Pretrained = path,
                Pooling = PoolingKind.Cls,
                LearningRate = 1e-7,
                WeightDecay = 0,
                NumberOfEpochs = 1,
                MaximumLength = 32,
            }).Fit(data, new FitContext { Seeds = Seeds });
            AreNear(
                ((ClassPredictions)first.Predict(data)).Probabilities,
                tensor(((ClassPredictions)again.Predict(data)).Probabilities),
                1e-4);
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    [TestMethod]
    public void SaveHuggingFace_NormalizedBefore_SaysThatBertHasNoPlace()
    {
        using var model = (TransformerModel)new TransformerLearner(
            Options with { VocabularySize = 300, NumberOfEpochs = 1 })
            .Fit(LearningSamples.Texts(40, Seeds), new FitContext { Seeds = Seeds });

        Assert.Contains(
            "preNorm: false",
            Assert.ThrowsExactly<InputException>(() => model.SaveHuggingFace("/nowhere")).Message);
    }

    [TestMethod]
    public void Fit_PretrainedWithAWidth_SaysThatTheFolderDecides()
    {
        using var folder = new PretrainedFolder("bert");

        Assert.Contains(
            "hiddenSize is 16; it must be left out where pretrained is given",
            Assert.ThrowsExactly<InputException>(() => new TransformerLearner(Options with { Pretrained = folder.Path })
                .Fit(LearningSamples.Texts(20, Seeds), new FitContext { Seeds = Seeds })).Message);
    }

    private static Model Fit(PretrainedFolder folder, FineTuning fineTuning, PoolingKind pooling, Dataset data) =>
        new TransformerLearner(new TransformerOptions
        {
            Pretrained = folder.Path,
            FineTuning = fineTuning,
            Pooling = pooling,
            NumberOfEpochs = 1,
            BatchSize = 16,
            WeightDecay = 0,
        }).Fit(data, new FitContext { Seeds = Seeds });

    private static TextClassifier Create(FineTuning fineTuning)
    {
        var options = Options with { FineTuning = fineTuning };
        var classifier = TrainingSamples.Classifier(
            options.ForTraining(TrainingSamples.Encoder), Seeds, new DropoutRandom(Seeds));
        classifier.eval();
        return classifier;
    }

    private static void CopyCommon(TextClassifier from, TextClassifier to)
    {
        using var _ = no_grad();
        var target = to.state_dict();
        foreach (var (name, tensor) in from.state_dict())
        {
            target[name].copy_(tensor);
        }
    }

    private static double[] Scores(TextClassifier classifier)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = new TrainingTexts(TrainingSamples.Texts(12, Seeds), 0).Batch([.. Enumerable.Range(0, 12)], CPU);
        return [.. classifier.Classify(classifier.Encoder.Words(batch.Ids), batch.Types, batch.Mask)
            .Scores.data<float>().ToArray().Select(score => (double)score)];
    }
}
