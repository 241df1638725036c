using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Learning.Classes;

namespace Evenhand.Torch.Encoders.HuggingFace;

/// <summary>What <c>config.json</c> of a Hugging Face folder says of an encoder.</summary>
/// <remarks>Every key that changes the forward pass is read, or refused where the encoder cannot do what it asks for.
/// Shares of dropout are not: they belong to the training.</remarks>
/// <param name="Encoder">The shape.</param>
/// <param name="Labels">Names of the classes of its head, by row; empty where it names none, or only
/// <c>LABEL_0</c> and the like.</param>
internal sealed record HuggingFaceConfig(EncoderConfig Encoder, IReadOnlyList<string> Labels)
{
    public const string FileName = "config.json";

    // Sizes and ids above it are taken for mistakes.
    private const int LargestSize = (1 << 24) - 1;

    private static readonly (EncoderFamily Family, string ModelType, string ClassName)[] Families =
    [
        (EncoderFamily.Bert, "bert", "Bert"),
        (EncoderFamily.Roberta, "roberta", "Roberta"),
        (EncoderFamily.DistilBert, "distilbert", "DistilBert"),
    ];

    private static readonly (Activation Activation, string[] Names)[] ActivationNames =
    [
        (Activation.Gelu, ["gelu"]),
        (Activation.Relu, ["relu"]),
        (Activation.GeluTanh, ["gelu_new", "gelu_pytorch_tanh", "gelu_fast"]),
        (Activation.Silu, ["silu", "swish"]),
    ];

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="InputException">It is missing or malformed, or asks for what these encoders do not
    /// do.</exception>
    public static HuggingFaceConfig Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            throw new InputException(
                $"{folder} is no folder of an encoder: expected {FileName}, {HuggingFaceWeights.FileName} and the "
                + "files of a tokenizer.");
        }

        var root = JsonPlace.Load(file);
        var family = FamilyOf(root);
        Refuse(root, "position_embedding_type", v => v.Text() != "absolute", "\"absolute\"");
        Refuse(root, "is_decoder", v => v.Flag(), "false");
        Refuse(root, "add_cross_attention", v => v.Flag(), "false");
        Refuse(root, "pruned_heads", v => v.Members().Any(), "{}, no heads pruned");
        var encoder = family == EncoderFamily.DistilBert ? DistilBert(root) : Bert(root, family);
        if (encoder.HiddenSize % encoder.NumberOfHeads != 0)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: the width {encoder.HiddenSize} is no multiple of the {encoder.NumberOfHeads} heads."));
        }

        return new HuggingFaceConfig(encoder, LabelsOf(root));
    }

    /// <summary>The content of the file.</summary>
    /// <param name="encoder">The shape.</param>
    /// <param name="classes">What the head tells apart; null where there is no head.</param>
    public static JsonObject Write(EncoderConfig encoder, LabelClasses? classes)
    {
        var (_, type, name) = Families.Single(f => f.Family == encoder.Family);
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(name + (classes is null ? "Model" : "ForSequenceClassification")),
            ["model_type"] = type,
            ["vocab_size"] = encoder.VocabularySize,
            ["max_position_embeddings"] = encoder.MaximumLength + encoder.PositionOffset,
            ["pad_token_id"] = encoder.PaddingId,
            ["torch_dtype"] = "float32",
        };
        var activation = ActivationNames.Single(a => a.Activation == encoder.Activation).Names[0];
        if (encoder.Family == EncoderFamily.DistilBert)
        {
            json["dim"] = encoder.HiddenSize;
            json["n_layers"] = encoder.NumberOfLayers;
            json["n_heads"] = encoder.NumberOfHeads;
            json["hidden_dim"] = encoder.IntermediateSize;
            json["activation"] = activation;
            json["dropout"] = encoder.Dropout;
            json["attention_dropout"] = encoder.AttentionDropout;
            json["seq_classif_dropout"] = encoder.Dropout;
            json["sinusoidal_pos_embds"] = false;
        }
        else
        {
            json["hidden_size"] = encoder.HiddenSize;
            json["num_hidden_layers"] = encoder.NumberOfLayers;
            json["num_attention_heads"] = encoder.NumberOfHeads;
            json["intermediate_size"] = encoder.IntermediateSize;
            json["hidden_act"] = activation;
            json["hidden_dropout_prob"] = encoder.Dropout;
            json["attention_probs_dropout_prob"] = encoder.AttentionDropout;
            json["layer_norm_eps"] = encoder.LayerNormEpsilon;
            json["type_vocab_size"] = encoder.TypeVocabularySize;
            json["position_embedding_type"] = "absolute";
        }

        if (classes is not null)
        {
            var names = classes.Names.Values.ToArray();
            json["id2label"] = new JsonObject(names.Select((label, i) => KeyValuePair.Create(
                i.ToString(CultureInfo.InvariantCulture), (JsonNode?)label)));
            json["label2id"] = new JsonObject(names.Select((label, i) => KeyValuePair.Create(label, (JsonNode?)i)));
            json["problem_type"] = classes.Kind == LabelKind.MultiLabel
                ? "multi_label_classification"
                : "single_label_classification";
        }

        return json;
    }

    private static EncoderConfig Bert(JsonPlace root, EncoderFamily family)
    {
        var padding = root.Find("pad_token_id")?.Whole(LargestSize) ?? (family == EncoderFamily.Roberta ? 1 : 0);
        var offset = family == EncoderFamily.Roberta ? padding + 1 : 0;
        return new EncoderConfig
        {
            Family = family,
            VocabularySize = Size(root, "vocab_size"),
            HiddenSize = Size(root, "hidden_size"),
            NumberOfLayers = Size(root, "num_hidden_layers"),
            NumberOfHeads = Size(root, "num_attention_heads"),
            IntermediateSize = Size(root, "intermediate_size"),
            Activation = ActivationOf(root, "hidden_act"),
            MaximumLength = Size(root, "max_position_embeddings", offset) - offset,
            TypeVocabularySize = root.Find("type_vocab_size")?.Whole(LargestSize) ?? 2,
            LayerNormEpsilon = Epsilon(root),
            PaddingId = padding,
            PositionOffset = offset,
            PreNorm = false,
        };
    }

    private static EncoderConfig DistilBert(JsonPlace root) => new()
    {
        Family = EncoderFamily.DistilBert,
        VocabularySize = Size(root, "vocab_size"),
        HiddenSize = Size(root, "dim"),
        NumberOfLayers = Size(root, "n_layers"),
        NumberOfHeads = Size(root, "n_heads"),
        IntermediateSize = Size(root, "hidden_dim"),
        Activation = ActivationOf(root, "activation"),
        MaximumLength = Size(root, "max_position_embeddings"),
        TypeVocabularySize = 0,
        PaddingId = root.Find("pad_token_id")?.Whole(LargestSize) ?? 0,
        PreNorm = false,
    };

    // Old files name no type, but the class that they were written by.
    private static EncoderFamily FamilyOf(JsonPlace root)
    {
        var type = root.Text("model_type");
        var written = root.Find("architectures")?.Items().Select(item => item.Text()).FirstOrDefault() ?? "";
        foreach (var (family, modelType, className) in Families)
        {
            if (type is null ? written.StartsWith(className, StringComparison.Ordinal) : type == modelType)
            {
                return family;
            }
        }

        throw new InputException(
            root.File, 0, 0, $"'model_type' is {type ?? "missing"}; expected bert, roberta or distilbert.");
    }

    private static Activation ActivationOf(JsonPlace root, string key)
    {
        var place = root.Find(key);
        if (place is not { } given)
        {
            return Activation.Gelu;
        }

        var name = given.Text();
        foreach (var (activation, names) in ActivationNames)
        {
            if (names.Contains(name))
            {
                return activation;
            }
        }

        throw given.Error(string.Join(", ", ActivationNames.SelectMany(a => a.Names)));
    }

    private static int Size(JsonPlace root, string key, int above = 0)
    {
        var place = root.Get(key);
        var size = place.Whole(LargestSize);
        return size > above ? size : throw place.Error($"more than {above}");
    }

    private static double Epsilon(JsonPlace root) => root.Find("layer_norm_eps") is not { } place ? 1e-12
        : place.Value.ValueKind == JsonValueKind.Number && place.Value.GetDouble() is var value and > 0 ? value
        : throw place.Error("a number above 0");

    private static void Refuse(JsonPlace root, string key, Func<JsonPlace, bool> isOther, string expected)
    {
        if (root.Find(key) is { } place && isOther(place))
        {
            throw place.Error(expected);
        }
    }

    private static string[] LabelsOf(JsonPlace root)
    {
        if (root.Find("id2label") is not { } place)
        {
            return [];
        }

        var labels = place.Members().ToDictionary(m => m.Key, m => m.Value.Text());
        var named = new string[labels.Count];
        for (var i = 0; i < named.Length; i++)
        {
            if (!labels.TryGetValue(i.ToString(CultureInfo.InvariantCulture), out var label))
            {
                throw place.Error($"a label for each number from 0 to {named.Length - 1}");
            }

            named[i] = label;
        }

        return named.Index().All(l => l.Item == string.Create(CultureInfo.InvariantCulture, $"LABEL_{l.Index}"))
            ? []
            : named;
    }
}
