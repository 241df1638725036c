using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.TestKit.Learning;
using Evenhand.Tokenization;
using Evenhand.Tokenization.Training;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Pretraining;
using Evenhand.Torch.Runtime;
using Evenhand.Torch.Training;
using Evenhand.Torch.Transformer;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.Pretraining;

[TestClass]
public sealed class MaskedLanguagePretrainingTests : TorchTest
{
    private static readonly SeedTree Seeds = new(31);

    private static readonly TransformerOptions Options = new()
    {
        HiddenSize = 16,
        NumberOfLayers = 1,
        NumberOfHeads = 2,
        IntermediateSize = 32,
        MaximumLength = 24,
        VocabularySize = 300,
        BatchSize = 16,
        NumberOfEpochs = 2,
        Pretraining = new PretrainingOptions { Epochs = 3 },
    };

    [TestMethod]
    public void Loss_WeighedRows_IsTheCrossEntropyAtHiddenPlacesAlone()
    {
        var (tokenizer, texts) = Texts(["one two three", "two two one three one", "three one"], [1, 3, 0.5]);
        using var encoder = Encoder(tokenizer, Seeds);
        using var head = new MaskedLanguageHead(encoder.Config, new WeightInitializer(Seeds.CreateRandom()));
        encoder.eval();
        using var _ = no_grad();
        var masking = new TokenMasking(tokenizer, 0.4, false);
        var batch = texts.Batch([0, 1, 2], CPU, Seeds);
        var loss = new MaskedLanguageObjective(new MaskedLanguageModel(encoder, head), masking, Precision.Float32)
            .Loss(batch).item<float>();

        // The long way: scores of every word at every place, of which those that were hidden are picked.
        var ids = batch.Ids.data<long>().ToArray();
        var (places, targets) = masking.Hide(ids, 3, Seeds.Fork("masking").CreateRandom());
        var hidden = encoder.Encode(encoder.Words(tensor(ids, batch.Ids.shape)), null, batch.Mask);
        var logs = nn.functional.log_softmax(head.call(hidden.reshape(-1, 16), encoder.WordTable), -1);
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < places.Length; i++)
        {
            var weight = texts.Weights![places[i] / batch.Ids.shape[1]];
            sum -= weight * logs[places[i], targets[i]].item<float>();
            total += weight;
        }

        Assert.AreEqual(sum / total, loss, 1e-5);
    }

    // What is hidden can be told from the other word.
    [TestMethod]
    public void Run_WordsInPairs_LearnsToTellThem()
    {
        string[] pairs = ["ham eggs", "salt pepper", "bread butter", "fish chips", "gin tonic", "mac cheese"];
        var random = Seeds.Fork("pairs").CreateRandom();
        string[] lines = [.. Enumerable.Range(0, 400).Select(_ => pairs[random.Next(pairs.Length)])];
        var (tokenizer, texts) = Texts(lines, null);
        using var encoder = Encoder(tokenizer, Seeds);
        var losses = new List<double>();
        using (var head = new MaskedLanguageHead(encoder.Config, new WeightInitializer(Seeds.CreateRandom())))
        {
            var objective = new MaskedLanguageObjective(
                new MaskedLanguageModel(encoder, head), new TokenMasking(tokenizer, 0.15, false), Precision.Float32);
            using var loop = new TrainingLoop(
                new TrainingPlan { BatchSize = 16, NumberOfEpochs = 16, LearningRate = 1e-2, WarmupShare = 0.1 },
                objective,
                texts,
                [.. Enumerable.Range(0, texts.RowCount)],
                [],
                new DropoutRandom(Seeds),
                new FitContext { Seeds = Seeds },
                CPU)
            {
                StepTaken = step => losses.Add(step.Loss),
            };
            loop.Run();
        }

        // Twelve words: a guess costs ln 12 = 2.48.
        Assert.IsGreaterThan(2.4, losses[0]);
        Assert.IsLessThan(0.8, losses.TakeLast(25).Average());
    }

    [TestMethod]
    public void Fit_InterruptedInPretraining_GivesTheSameModelAndCountsBothTrainings()
    {
        var data = LearningSamples.Texts(100, Seeds);
        var counted = new List<WorkProgress>();
        var context = new FitContext { Seeds = Seeds, Progress = counted.Add };
        var whole = Probabilities(new TransformerLearner(Options).Fit(data, context), data);
        var folder = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");

        // 100 rows make 7 batches, and without the five that are held out 6.
        CollectionAssert.AreEqual(
            Enumerable.Range(1, 21 + 12).Select(i => new WorkProgress(i, 33, "steps")).ToArray(), counted);
        try
        {
            foreach (var stop in (int[])[5, 26])
            {
                using var cancellation = new CancellationTokenSource();
                var interrupted = context with
                {
                    CheckpointFolder = folder,
                    CancellationToken = cancellation.Token,
                    Progress = progress =>
                    {
                        if (progress.Done == stop)
                        {
                            cancellation.Cancel();
                        }
                    },
                };
                Assert.ThrowsExactly<OperationCanceledException>(
                    () => new TransformerLearner(Options).Fit(data, interrupted));
            }

            var rest = new List<long>();
            var model = new TransformerLearner(Options).Fit(
                data, context with { CheckpointFolder = folder, Progress = progress => rest.Add(progress.Done) });

            Assert.AreEqual(27, rest[0]);
            CollectionAssert.AreEqual(whole, Probabilities(model, data));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void Fit_TextsOfAFile_AreReadInsteadOfTheDatas()
    {
        var data = LearningSamples.Texts(40, Seeds);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? $"line {i}" : " "));
            var steps = new List<WorkProgress>();
            using var model = (TransformerModel)new TransformerLearner(
                Options with
                {
                    Pretraining = Options.Pretraining with { File = file },
                    BatchSize = 5,
                    NumberOfEpochs = 1,
                    ValidationShare = 0,
                })
                .Fit(data, new FitContext { Seeds = Seeds, Progress = steps.Add });

            // Three times 25 lines and once 40 rows, five at a time.
            Assert.AreEqual((3 * 5) + 8, steps[^1].Total);
            File.WriteAllText(file, " \n");
            Assert.Contains("has no text", Assert.ThrowsExactly<InputException>(
                () => new TransformerLearner(Options with { Pretraining = Options.Pretraining with { File = file } })
                    .Fit(data, new FitContext { Seeds = Seeds })).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double[] Probabilities(Model model, Dataset data)
    {
        using var owned = (TransformerModel)model;
        return ((ClassPredictions)model.Predict(data)).Probabilities;
    }

    private static (SubwordTokenizer Tokenizer, TrainingTexts Texts) Texts(string[] lines, double[]? weights)
    {
        var tokenizer = new WordPieceTrainer(new WordPieceTrainingOptions { VocabularySize = 120 }).Train(lines, 1);
        return (tokenizer, new TrainingTexts(
            TokenizedTexts.Of(tokenizer.EncodeAll(lines)), tokenizer.PadId!.Value, null, weights));
    }

    private static TransformerEncoder Encoder(SubwordTokenizer tokenizer, SeedTree seeds) => new(
        Options.Encoder(tokenizer.VocabularySize, tokenizer.PadId!.Value) with { Dropout = 0, AttentionDropout = 0 },
        new WeightInitializer(seeds.CreateRandom()),
        new DropoutRandom(seeds));
}
