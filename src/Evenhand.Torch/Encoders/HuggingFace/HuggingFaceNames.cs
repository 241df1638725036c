using System.Globalization;

namespace Evenhand.Torch.Encoders.HuggingFace;

/// <summary>The names that the parts of an encoder have in Hugging Face's files.</summary>
internal static class HuggingFaceNames
{
    private static readonly (string Ours, string Theirs)[] BertEmbeddings =
    [
        ("wordTable", "word_embeddings"),
        ("positionTable", "position_embeddings"),
        ("typeTable", "token_type_embeddings"),
        ("norm", "LayerNorm"),
    ];

    private static readonly (string Ours, string Theirs)[] BertLayer =
    [
        ("attention.query", "attention.self.query"),
        ("attention.key", "attention.self.key"),
        ("attention.value", "attention.self.value"),
        ("attention.output", "attention.output.dense"),
        ("attentionNorm", "attention.output.LayerNorm"),
        ("feedForward.inner", "intermediate.dense"),
        ("feedForward.outer", "output.dense"),
        ("feedForwardNorm", "output.LayerNorm"),
    ];

    private static readonly (string Ours, string Theirs)[] DistilBertLayer =
    [
        ("attention.query", "attention.q_lin"),
        ("attention.key", "attention.k_lin"),
        ("attention.value", "attention.v_lin"),
        ("attention.output", "attention.out_lin"),
        ("attentionNorm", "sa_layer_norm"),
        ("feedForward.inner", "ffn.lin1"),
        ("feedForward.outer", "ffn.lin2"),
        ("feedForwardNorm", "output_layer_norm"),
    ];

    // Heads of other tasks, and tables of numbers that can be worked out.
    private static readonly string[] NotOfTheEncoder =
    [
        "cls.", "lm_head.", "pooler.", "classifier.", "pre_classifier.", "qa_outputs.", "vocab_transform.",
        "vocab_layer_norm.", "vocab_projector.", "embeddings.position_ids", "embeddings.token_type_ids",
    ];

    /// <summary>What stands before the names of the encoder's tensors where a file has a head as well.</summary>
    public static string Prefix(EncoderFamily family) => family switch
    {
        EncoderFamily.Roberta => "roberta.",
        EncoderFamily.DistilBert => "distilbert.",
        _ => "bert.",
    };

    /// <summary>The layer between encoder and head.</summary>
    public static string Pooling(EncoderFamily family) => family switch
    {
        EncoderFamily.Roberta => "classifier.dense",
        EncoderFamily.DistilBert => "pre_classifier",
        _ => "pooler.dense",
    };

    /// <summary>The layer that gives the scores.</summary>
    public static string Head(EncoderFamily family) =>
        family == EncoderFamily.Roberta ? "classifier.out_proj" : "classifier";

    /// <summary>Whether the tensor of a name, without the prefix, is none of the encoder's.</summary>
    public static bool IsOfNoEncoder(string name) =>
        NotOfTheEncoder.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    /// <summary>The parameters of an encoder by the names that they have here, with the names in files, without
    /// prefix. Parameters that files know nothing of (of adapters) are left out.</summary>
    public static IEnumerable<(string Ours, string Theirs)> Of(TransformerEncoder encoder)
    {
        var stems = Stems(encoder.Config).ToDictionary(s => s.Ours, s => s.Theirs);
        foreach (var (name, _) in encoder.named_parameters())
        {
            var dot = name.LastIndexOf('.');
            if (name[(dot + 1)..] is "weight" or "bias" && stems.TryGetValue(name[..dot], out var theirs))
            {
                yield return (name, theirs + name[dot..]);
            }
        }
    }

    private static IEnumerable<(string Ours, string Theirs)> Stems(EncoderConfig config)
    {
        foreach (var (ours, theirs) in BertEmbeddings)
        {
            yield return ($"embeddings.{ours}", $"embeddings.{theirs}");
        }

        var distilled = config.Family == EncoderFamily.DistilBert;
        for (var i = 0; i < config.NumberOfLayers; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            foreach (var (ours, theirs) in distilled ? DistilBertLayer : BertLayer)
            {
                yield return (
                    $"layer{number}.{ours}", $"{(distilled ? "transformer" : "encoder")}.layer.{number}.{theirs}");
            }
        }
    }
}
