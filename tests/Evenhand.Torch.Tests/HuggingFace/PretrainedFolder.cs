using System.Text.Json.Nodes;
using Evenhand.Configuration.Randomness;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Tests.HuggingFace;

/// <summary>A folder with a tiny random encoder, as Hugging Face's libraries write it: names and keys are set down here
/// as those write them, and not taken from the code that reads them.</summary>
internal sealed class PretrainedFolder : IDisposable
{
    private const int Width = 12;
    private const int Wide = 20;
    private const int Layers = 2;
    private const int Places = 20;

    private static readonly string[] Words = ["good", "bad", "the", "dress", "fits", "well", "not", "##ly", "##s", "a"];

    private readonly string _type;

    /// <param name="type">bert, roberta or distilbert.</param>
    /// <param name="dtype">Type of the weights in the file.</param>
    /// <param name="prefixed">Whether names have the encoder's prefix, as where there is a head.</param>
    /// <param name="old">Whether normalizations have the names that TensorFlow gave them.</param>
    /// <param name="labels">Rows of the head; 0 for none.</param>
    public PretrainedFolder(
        string type, ScalarType dtype = ScalarType.Float32, bool prefixed = true, bool old = false, int labels = 3)
    {
        _type = type;
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
        var vocabulary = type == "roberta" ? WriteBytePairs() : WriteWordPieces();
        Config = ConfigOf(vocabulary);
        WriteConfig();
        var weights = new WeightInitializer(new SeedTree(8).CreateRandom());
        var prefix = prefixed ? $"{type}." : "";
        foreach (var (name, rows, columns) in Shapes(vocabulary, labels))
        {
            var inHead = name.StartsWith("classifier", StringComparison.Ordinal)
                || name.StartsWith("pre_classifier", StringComparison.Ordinal);
            var isNorm = name.Contains("orm.", StringComparison.Ordinal);
            var written = !old || !isNorm ? name
                : name.Replace(".weight", ".gamma", StringComparison.Ordinal)
                    .Replace(".bias", ".beta", StringComparison.Ordinal);

            // Ten times what BERT draws: wrong functions and places are then seen in the scores.
            var drawn = weights.Normal(rows, Math.Max(1, columns)).Times(10);
            var values = isNorm && name.EndsWith("weight", StringComparison.Ordinal) ? drawn.Plus(1) : drawn;
            Tensors.Add(
                (inHead ? "" : prefix) + written, (columns == 0 ? values.squeeze(1) : values).to(dtype));
        }

        // A buffer that older versions wrote as well.
        long[] places = [.. Enumerable.Range(0, Places)];
        Tensors.Add($"{prefix}embeddings.position_ids", tensor(places, [1, Places]));
        WriteTensors();
    }

    public string Path { get; }

    public JsonObject Config { get; }

    public Dictionary<string, Tensor> Tensors { get; } = [];

    public void WriteConfig() => File.WriteAllText(In("config.json"), Config.ToJsonString());

    public void WriteTensors() => Safetensors.Write(In("model.safetensors"), Tensors);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private int WriteWordPieces()
    {
        string[] tokens =
        [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Words,
            .. Enumerable.Range('b', 25).Select(c => ((char)c).ToString()),
        ];
        File.WriteAllLines(In("vocab.txt"), tokens);
        return tokens.Length;
    }

    private int WriteBytePairs()
    {
        string[] tokens =
        [
            "<s>", "<pad>", "</s>", "<unk>", .. Enumerable.Range('a', 26).Select(c => ((char)c).ToString()),
            "\u0120", "\u0120g", "oo", "\u0120goo", "\u0120good", "<mask>",
        ];
        var vocabulary = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));
        File.WriteAllText(In("vocab.json"), vocabulary.ToJsonString());
        File.WriteAllLines(
            In("merges.txt"), ["#version: 0.2", "\u0120 g", "o o", "\u0120g oo", "\u0120goo d"]);
        return tokens.Length;
    }

    private JsonObject ConfigOf(int vocabulary) => _type == "distilbert"
        ? new JsonObject
        {
            ["model_type"] = _type,
            ["vocab_size"] = vocabulary,
            ["dim"] = Width,
            ["n_layers"] = Layers,
            ["n_heads"] = 3,
            ["hidden_dim"] = Wide,
            ["activation"] = "gelu",
            ["max_position_embeddings"] = Places,
            ["sinusoidal_pos_embds"] = false,
            ["pad_token_id"] = 0,
        }
        : new JsonObject
        {
            ["architectures"] = new JsonArray(_type == "bert" ? "BertModel" : "RobertaModel"),
            ["model_type"] = _type,
            ["vocab_size"] = vocabulary,
            ["hidden_size"] = Width,
            ["num_hidden_layers"] = Layers,
            ["num_attention_heads"] = 3,
            ["intermediate_size"] = Wide,
            ["hidden_act"] = "gelu",
            ["max_position_embeddings"] = Places,
            ["type_vocab_size"] = _type == "bert" ? 2 : 1,
            ["layer_norm_eps"] = 1e-5,
            ["pad_token_id"] = _type == "bert" ? 0 : 1,
            ["position_embedding_type"] = "absolute",
        };

    private IEnumerable<(string Name, int Rows, int Columns)> Shapes(int vocabulary, int labels)
    {
        var distilled = _type == "distilbert";
        yield return ("embeddings.word_embeddings.weight", vocabulary, Width);
        yield return ("embeddings.position_embeddings.weight", Places, Width);
        if (!distilled)
        {
            yield return ("embeddings.token_type_embeddings.weight", _type == "bert" ? 2 : 1, Width);
        }

        foreach (var found in Norm("embeddings.LayerNorm"))
        {
            yield return found;
        }

        for (var i = 0; i < Layers; i++)
        {
            var layer = distilled ? $"transformer.layer.{i}." : $"encoder.layer.{i}.";
            IEnumerable<(string, int, int)>[] parts = distilled
                ?
                [
                    Linear("attention.q_lin", Width, Width), Linear("attention.k_lin", Width, Width),
                    Linear("attention.v_lin", Width, Width), Linear("attention.out_lin", Width, Width),
                    Norm("sa_layer_norm"), Linear("ffn.lin1", Wide, Width), Linear("ffn.lin2", Width, Wide),
                    Norm("output_layer_norm"),
                ]
                :
                [
                    Linear("attention.self.query", Width, Width), Linear("attention.self.key", Width, Width),
                    Linear("attention.self.value", Width, Width), Linear("attention.output.dense", Width, Width),
                    Norm("attention.output.LayerNorm"), Linear("intermediate.dense", Wide, Width),
                    Linear("output.dense", Width, Wide), Norm("output.LayerNorm"),
                ];
            foreach (var (name, rows, columns) in parts.SelectMany(part => part))
            {
                yield return (layer + name, rows, columns);
            }
        }

        if (labels > 0)
        {
            var (before, head) = _type switch
            {
                "bert" => ("pooler.dense", "classifier"),
                "roberta" => ("classifier.dense", "classifier.out_proj"),
                _ => ("pre_classifier", "classifier"),
            };
            foreach (var found in Linear(before, Width, Width).Concat(Linear(head, labels, Width)))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<(string Name, int Rows, int Columns)> Linear(string name, int rows, int columns) =>
        [($"{name}.weight", rows, columns), ($"{name}.bias", rows, 0)];

    private static IEnumerable<(string Name, int Rows, int Columns)> Norm(string name) =>
        [($"{name}.weight", Width, 0), ($"{name}.bias", Width, 0)];
}
