using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Learning.Classes;
using Evenhand.Tokenization;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Encoders.HuggingFace;
using Evenhand.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.HuggingFace;

[TestClass]
public sealed class HuggingFaceFolderTests : TorchTest
{
    private static readonly LabelClasses Three = new(LabelKind.Multiclass, new Vocabulary(["x", "y", "z"]));

    private static readonly string?[] First = ["The dress fits well", "not good", "badly", ""];
    private static readonly string?[] Second = ["good", "dresses not the well", "a", "bad"];

    // The reference is python3-torch 1.13.0a0 (Debian 12) in double precision.
    [TestMethod]
    [DataRow("bert", "gelu", ScalarType.Float32, true, false)]
    [DataRow("bert", "gelu_new", ScalarType.Float16, false, false)]
    [DataRow("bert", "silu", ScalarType.BFloat16, true, true)]
    [DataRow("roberta", "gelu", ScalarType.Float32, true, false)]
    [DataRow("roberta", "relu", ScalarType.Float32, false, false)]
    [DataRow("distilbert", "gelu", ScalarType.Float32, true, false)]
    public void ReadWeights_AnyEncoder_GivesTheReferencesVectorsAndScores(
        string type, string activation, ScalarType dtype, bool prefixed, bool old)
    {
        using var folder = new PretrainedFolder(type, dtype, prefixed, old);
        folder.Config[type == "distilbert" ? "activation" : "hidden_act"] = activation;
        folder.WriteConfig();
        using var classifier = Read(folder, Three, out var tokenizer, out var config);
        var texts = new TrainingTexts(
            TokenizedTexts.Of(tokenizer.EncodeAllPairs(First, Second, config.MaximumLength)), config.PaddingId);
        var batch = texts.Batch([0, 1, 2, 3], CPU);
        using var _ = no_grad();
        var words = classifier.Encoder.Words(batch.Ids);
        var hidden = classifier.Encoder.Encode(words, batch.Types, batch.Mask);
        var scores = classifier.Classify(words, batch.Types, batch.Mask).Scores;

        var mask = batch.Mask!;
        var types = batch.Types ?? zeros_like(batch.Ids);
        Assert.AreEqual(type == "roberta" ? 0 : 1, types.max().item<long>(), "segments");
        var (expectedHidden, expectedScores) = ReferenceEncoder.Run(
            folder.Path, Rows(batch.Ids), Rows(types), Array.ConvertAll(Rows(mask.to(ScalarType.Int64)), Ints));
        var there = mask.unsqueeze(-1);
        AreNear(
            (tensor(expectedHidden).reshape(hidden.shape) * there).data<double>().ToArray(), hidden * there, 1e-4);
        AreNear(expectedScores, scores, 1e-4);
    }

    [TestMethod]
    public void ReadWeights_HeadOfTwo_GivesTheLogOddsOfTheSecond()
    {
        using var folder = new PretrainedFolder("bert", labels: 2);
        using var classifier = Read(folder, LabelClasses.Binary, out var _, out var _);
        var head = folder.Tensors["classifier.weight"];

        AreNear(
            (head[1] - head[0]).data<float>().ToArray().Select(x => (double)x).ToArray(),
            classifier.state_dict()["head.weight"],
            1e-6);
    }

    [TestMethod]
    [DataRow("z", "x", "y", true)]
    [DataRow("p", "q", "r", false)]
    public void ReadWeights_NamedLabels_TakesTheHeadByName(string first, string second, string third, bool taken)
    {
        using var folder = new PretrainedFolder("roberta");
        folder.Config["id2label"] = new System.Text.Json.Nodes.JsonObject
        {
            ["0"] = first,
            ["1"] = second,
            ["2"] = third,
        };
        folder.WriteConfig();
        using var classifier = Read(folder, Three, out var _, out var _);
        var head = folder.Tensors["classifier.out_proj.bias"].data<float>().ToArray();

        CollectionAssert.AreEqual(
            taken ? new[] { head[1], head[2], head[0] } : [0, 0, 0],
            classifier.state_dict()["head.bias"].data<float>().ToArray());
    }

    [TestMethod]
    public void ReadWeights_TensorMissing_NamesFileTensorAndShape() => Fails(
        folder => folder.Tensors.Remove("bert.encoder.layer.1.output.dense.weight"),
        "model.safetensors has no tensor 'encoder.layer.1.output.dense.weight'; config.json asks for one of shape "
        + "[12, 20]");

    [TestMethod]
    public void ReadWeights_TensorOfOtherShape_NamesBothShapes() => Fails(
        folder => folder.Tensors["bert.embeddings.position_embeddings.weight"] = zeros(8, 12),
        "tensor 'embeddings.position_embeddings.weight' is of shape [8, 12]; config.json asks for [20, 12]");

    [TestMethod]
    public void ReadWeights_SurplusTensor_IsNamed() => Fails(
        folder => folder.Tensors["bert.encoder.layer.2.output.dense.bias"] = zeros(12),
        "config.json leaves no place, such as 'encoder.layer.2.output.dense.bias' of shape [12]");

    [TestMethod]
    public void ReadWeights_HeadsOfOtherTasks_AreIgnored()
    {
        using var folder = new PretrainedFolder("bert", labels: 0);
        folder.Tensors["cls.predictions.bias"] = zeros(40);
        folder.Tensors["qa_outputs.weight"] = zeros(2, 12);
        folder.WriteTensors();
        using var classifier = Read(folder, Three, out var _, out var _);

        Assert.AreEqual(0, classifier.state_dict()["head.weight"].sum().item<float>());
    }

    [TestMethod]
    [DataRow("model_type", "\"gpt2\"", "'model_type' is gpt2; expected bert, roberta or distilbert")]
    [DataRow("position_embedding_type", "\"relative_key\"", "'position_embedding_type' is \"relative_key\"")]
    [DataRow("hidden_act", "\"mish\"", "'hidden_act' is \"mish\"; expected gelu, relu")]
    [DataRow("is_decoder", "true", "'is_decoder' is true; expected false")]
    [DataRow("num_hidden_layers", "0", "'num_hidden_layers' is 0; expected more than 0")]
    [DataRow("num_attention_heads", "5", "the width 12 is no multiple of the 5 heads")]
    [DataRow("vocab_size", "12", "the tokenizer has 40 tokens; vocab_size in config.json is 12")]
    [DataRow("intermediate_size", "null", "'intermediate_size' is missing")]
    public void Open_ConfigurationThatIsNotServed_SaysWhat(string key, string value, string expected)
    {
        using var folder = new PretrainedFolder("bert");
        folder.Config[key] = System.Text.Json.Nodes.JsonNode.Parse(value);
        folder.WriteConfig();

        Assert.Contains(
            expected, Assert.ThrowsExactly<InputException>(() => HuggingFaceFolder.Open(folder.Path)).Message);
    }

    [TestMethod]
    public void Open_OldFileWithoutType_GoesByTheClass()
    {
        using var folder = new PretrainedFolder("roberta");
        folder.Config.Remove("model_type");
        folder.WriteConfig();

        Assert.AreEqual(EncoderFamily.Roberta, HuggingFaceFolder.Open(folder.Path).Config.Family);
    }

    [TestMethod]
    public void Open_NoSuchFolder_SaysWhatBelongsThere() => Assert.Contains(
        "expected config.json, model.safetensors and the files of a tokenizer",
        Assert.ThrowsExactly<InputException>(() => HuggingFaceFolder.Open("/nowhere/bert")).Message);

    [TestMethod]
    [DataRow("bert", 3)]
    [DataRow("roberta", 1)]
    [DataRow("distilbert", 1)]
    public void Write_ThenRead_GivesTheSameScores(string type, int scores)
    {
        using var folder = new PretrainedFolder(type, labels: scores);
        var classes = scores == 1 ? LabelClasses.Binary : Three;
        using var classifier = Read(folder, classes, out var tokenizer, out var config);
        var path = Path.Combine(folder.Path, "written");
        HuggingFaceFolder.Write(path, classifier, tokenizer, classes);
        var again = HuggingFaceFolder.Open(path);
        using var read = Create(again.Config, classes);
        again.ReadWeights(read, classes);

        Assert.AreEqual(config, again.Config);
        CollectionAssert.AreEqual(tokenizer.Encode("The dress fits"), again.Tokenizer.Encode("The dress fits"));
        var written = read.state_dict();
        foreach (var (name, tensor) in classifier.state_dict())
        {
            Assert.IsTrue(tensor.allclose(written[name], 0, 0), name);
        }
    }

    private static void Fails(Action<PretrainedFolder> change, string expected)
    {
        using var folder = new PretrainedFolder("bert");
        change(folder);
        folder.WriteTensors();
        Assert.Contains(
            expected,
            Assert.ThrowsExactly<InputException>(() => Read(folder, Three, out var _, out var _).Dispose()).Message);
    }

    private static TextClassifier Read(
        PretrainedFolder folder, LabelClasses classes, out SubwordTokenizer tokenizer, out EncoderConfig config)
    {
        var opened = HuggingFaceFolder.Open(folder.Path);
        (tokenizer, config) = (opened.Tokenizer, opened.Config);
        var classifier = Create(config, classes);
        try
        {
            opened.ReadWeights(classifier, classes);
            classifier.eval();
            return classifier;
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    private static TextClassifier Create(EncoderConfig config, LabelClasses classes) => TextClassifier.Create(
        config, PoolingKind.Cls, classes.ScoreCount, new WeightInitializer(null), new DropoutRandom(new SeedTree(0)));

    private static long[][] Rows(Tensor ids) => [.. ids.unbind(0).Select(row => row.data<long>().ToArray())];

    private static int[] Ints(long[] row) => Array.ConvertAll(row, i => (int)i);
}
