using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>The vectors with which an encoder begins: of words, positions and texts of a pair, summed, normalized, and
/// dropped out.</summary>
/// <remarks>The word vectors are an input of their own, so that adversarial training can move them and attributions can
/// follow them.</remarks>
internal sealed class TokenEmbeddings : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly int _positionOffset;

    [ComponentName(Name = "words")]
    private readonly Embedding _words;

    [ComponentName(Name = "positions")]
    private readonly Embedding _positions;

    [ComponentName(Name = "types")]
    private readonly Embedding? _types;

    [ComponentName(Name = "norm")]
    private readonly LayerNorm _norm;

    [ComponentName(Name = "dropout")]
    private readonly SeededDropout _dropout;

    public TokenEmbeddings(EncoderConfig config, WeightInitializer weights, DropoutRandom random)
        : base(nameof(TokenEmbeddings))
    {
        _positionOffset = config.PositionOffset;
        _words = weights.Embedding(config.VocabularySize, config.HiddenSize, config.PaddingId);
        _positions = weights.Embedding(config.MaximumLength + config.PositionOffset, config.HiddenSize);
        _types = config.TypeVocabularySize == 0
            ? null
            : weights.Embedding(config.TypeVocabularySize, config.HiddenSize);
        _norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        _dropout = new SeededDropout(config.Dropout, random);
        RegisterComponents();
    }

    /// <summary>The table of word vectors, [vocabulary, hidden].</summary>
    public Parameter WordTable => _words.weight!;

    /// <summary>The word vectors of tokens.</summary>
    /// <param name="ids">[batch, length], int64.</param>
    /// <returns>[batch, length, hidden].</returns>
    public Tensor Words(Tensor ids) => _words.call(ids);

    /// <summary>The vectors of tokens in their places.</summary>
    /// <param name="words">[batch, length, hidden].</param>
    /// <param name="types">Which text of a pair each token is of, [batch, length], int64; null where all are of the
    /// first.</param>
    /// <returns>[batch, length, hidden].</returns>
    public override Tensor forward(Tensor words, Tensor? types)
    {
        var sum = words + _positions.weight!.narrow(0, _positionOffset, words.shape[1]);
        if (_types is not null)
        {
            sum += types is null ? _types.weight!.narrow(0, 0, 1) : _types.call(types);
        }

        return _dropout.call(_norm.call(sum));
    }
}
