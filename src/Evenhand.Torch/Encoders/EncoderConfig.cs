using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evenhand.Torch.Encoders;

/// <summary>The shape of a transformer encoder: BERT's by default, RoBERTa's and DistilBERT's by their offsets and
/// tables.</summary>
internal sealed record EncoderConfig
{
    /// <summary>How a shape stands in files of models.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public EncoderFamily Family { get; init; }

    /// <summary>Number of word embeddings.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of every token's vector.</summary>
    public int HiddenSize { get; init; } = 128;

    public int NumberOfLayers { get; init; } = 2;

    /// <summary>Attention heads of each layer; <see cref="HiddenSize"/> is a multiple of it.</summary>
    public int NumberOfHeads { get; init; } = 4;

    /// <summary>Width of the feed-forward blocks.</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Most tokens of a text, those that are added at its ends included.</summary>
    public int MaximumLength { get; init; } = 128;

    /// <summary>Number of embeddings that tell the texts of a pair apart; 0 for none.</summary>
    public int TypeVocabularySize { get; init; } = 2;

    /// <summary>Share of elements that are dropped from embeddings and from the outputs of blocks.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Share of attention weights that are dropped.</summary>
    public double AttentionDropout { get; init; } = 0.1;

    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary>Whether a block normalizes its input (Xiong et al. 2020, "On layer normalization in the transformer
    /// architecture") rather than its sum with the residual, as BERT does.</summary>
    public bool PreNorm { get; init; }

    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>The word that fills short texts; its embedding is never learned.</summary>
    public int PaddingId { get; init; }

    /// <summary>Position embedding of the first token: 0 for BERT, 2 for RoBERTa.</summary>
    public int PositionOffset { get; init; }

    /// <summary>Rank of the matrices that are trained beside those of queries and values; 0 for none.</summary>
    public int LoraRank { get; init; }

    /// <summary>What their product is multiplied by, times the rank.</summary>
    public double LoraAlpha { get; init; } = 16;

    /// <summary>Share of their inputs that is dropped in training.</summary>
    public double LoraDropout { get; init; }

    /// <summary>Width of the adapters behind each block; 0 for none.</summary>
    public int AdapterSize { get; init; }
}
