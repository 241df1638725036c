using System.Globalization;
using Evenhand.Torch.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>A transformer encoder: a vector for every token of a text, each made with regard to all others.</summary>
/// <remarks>Devlin et al. 2019, "BERT: Pre-training of deep bidirectional transformers for language
/// understanding".</remarks>
internal sealed class TransformerEncoder : nn.Module<Tensor, Tensor?, Tensor?, Tensor>
{
    // So low that its exponential is 0 beside any other, in float32 and bfloat16 alike, and still finite.
    private const double Hidden = -1e9;

    private readonly EncoderLayer[] _layers;
    private readonly TokenEmbeddings embeddings;
    private readonly LayerNorm? norm;

    public TransformerEncoder(EncoderConfig config, WeightInitializer weights, DropoutRandom random)
        : base(nameof(TransformerEncoder))
    {
        Config = config;
        embeddings = new TokenEmbeddings(config, weights, random);
        _layers = new EncoderLayer[config.NumberOfLayers];
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new EncoderLayer(config, weights, random);
            register_module(string.Create(CultureInfo.InvariantCulture, $"layer{i}"), _layers[i]);
        }

        // Nothing else would normalize the sum of all blocks.
        norm = config.PreNorm ? nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon) : null;
        RegisterComponents();
    }

    public EncoderConfig Config { get; }

    /// <summary>The table of word vectors, [vocabulary, hidden].</summary>
    public Parameter WordTable => embeddings.WordTable;

    /// <inheritdoc cref="TokenEmbeddings.Words"/>
    public Tensor Words(Tensor ids) => embeddings.Words(ids);

    /// <inheritdoc cref="Encode"/>
    public override Tensor forward(Tensor words, Tensor? types, Tensor? mask) => Encode(words, types, mask);

    /// <summary>The vectors of tokens after the last layer.</summary>
    /// <param name="words">The tokens' word vectors, [batch, length, hidden].</param>
    /// <param name="types">Which text of a pair each token is of, [batch, length], int64; null where all are of the
    /// first.</param>
    /// <param name="mask">1 for tokens and 0 for what fills short texts, [batch, length], float32; null where no text
    /// is filled.</param>
    /// <param name="maps">Takes the attention weights of each layer, [batch, heads, length, length]; or null.</param>
    /// <returns>[batch, length, hidden].</returns>
    public Tensor Encode(Tensor words, Tensor? types, Tensor? mask, ICollection<Tensor>? maps = null)
    {
        var bias = mask is null ? null : (-mask).Plus(1).Times(Hidden).unsqueeze(1).unsqueeze(1);
        var hidden = embeddings.call(words, types);
        foreach (var layer in _layers)
        {
            hidden = layer.Run(hidden, bias, maps);
        }

        return norm is null ? hidden : norm.call(hidden);
    }
}
