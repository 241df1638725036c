using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Robustness;
using Evenhand.Torch.Transformer;

namespace Evenhand.Torch.Tests.Transformer;

/// <summary>Models of versions in which the options of LoRA, say, stood beside all others.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FormerModelTests : TorchTest
{
    private const int HeaderStart = 16;

    private static readonly TransformerOptions Options = new()
    {
        HiddenSize = 8,
        NumberOfLayers = 1,
        NumberOfHeads = 2,
        IntermediateSize = 8,
        MaximumLength = 16,
        VocabularySize = 300,
        NumberOfEpochs = 1,
        FineTuning = FineTuning.Lora,
        Lora = new LoraOptions { Rank = 3, Alpha = 6, Dropout = 0.1 },
        Adapter = new AdapterOptions { Size = 7 },
        Pretraining = new PretrainingOptions { Epochs = 1, MaskShare = 0.3, WholeWordMasking = true },
        Adversary = new AdversaryOptions { Kind = AdversaryKind.Fgm, Epsilon = 0.05, Weight = 0.25 },
    };

    [TestMethod]
    public void Load_FormerNames_GivesTheSameModel()
    {
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? "good one" : "bad two")];
        double[] labels = [.. Enumerable.Range(0, 60).Select(i => 1.0 - (i % 2))];
        var data = new Dataset("texts", new Table(
        [
            new TextColumn("text", texts, ColumnRoles.Text),
            new NumericColumn("label", labels, ColumnRoles.Label),
        ]));
        using var model = (TransformerModel)new TransformerLearner(Options)
            .Fit(data, new FitContext { Seeds = new SeedTree(3) });
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.model");
        try
        {
            ModelFile.Save(model, path);
            File.WriteAllBytes(path, AsFormerly(File.ReadAllBytes(path)));
            using var loaded = (TransformerModel)ModelFile.Load(path, Registries.Full);

            CollectionAssert.AreEqual(
                ((ClassPredictions)model.Predict(data)).Probabilities, ((ClassPredictions)loaded.Predict(data)).Probabilities);
            ModelFile.Save(loaded, path);
            Assert.AreEqual("fgm", (string?)OptionsIn(File.ReadAllBytes(path))["adversary"]!["kind"]);
            Assert.AreEqual(3, (int?)OptionsIn(File.ReadAllBytes(path))["lora"]!["rank"]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // The names by hand, as version 0.1 wrote them.
    private static byte[] AsFormerly(byte[] file)
    {
        var header = Header(file);
        var options = OptionsOf(header);
        (string Record, string Key, string Former)[] names =
        [
            ("lora", "rank", "loraRank"), ("lora", "alpha", "loraAlpha"), ("lora", "dropout", "loraDropout"),
            ("adapter", "size", "adapterSize"), ("pretraining", "epochs", "pretrainingEpochs"),
            ("pretraining", "file", "pretrainingFile"), ("pretraining", "learningRate", "pretrainingLearningRate"),
            ("pretraining", "maskShare", "pretrainingMaskShare"),
            ("pretraining", "wholeWordMasking", "wholeWordMasking"), ("adversary", "norm", "adversarialNorm"),
            ("adversary", "epsilon", "adversarialEpsilon"), ("adversary", "steps", "adversarialSteps"),
            ("adversary", "stepSize", "adversarialStepSize"), ("adversary", "weight", "adversarialWeight"),
        ];
        foreach (var (record, key, former) in names)
        {
            options[former] = options[record]![key]!.DeepClone();
        }

        options["adversary"] = options["adversary"]!["kind"]!.DeepClone();
        foreach (var record in new[] { "lora", "adapter", "pretraining" })
        {
            Assert.IsTrue(options.Remove(record));
        }

        var written = Encoding.UTF8.GetBytes(header.ToJsonString());
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, written.Length);
        var arrays = file[(HeaderStart + HeaderLength(file))..^SHA256.HashSizeInBytes];
        byte[] body = [.. file[..12], .. length, .. written, .. arrays];
        return [.. body, .. SHA256.HashData(body)];
    }

    private static int HeaderLength(byte[] file) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));

    private static JsonObject Header(byte[] file) =>
        JsonNode.Parse(Encoding.UTF8.GetString(file, HeaderStart, HeaderLength(file)))!.AsObject();

    private static JsonObject OptionsOf(JsonObject header) => header["state"]!["options"]!.AsObject();

    private static JsonObject OptionsIn(byte[] file) => OptionsOf(Header(file));
}
