using Evenhand.Torch.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>The vectors with which an encoder begins: of words, positions and texts of a pair, summed, normalized, and
/// dropped out.</summary>
/// <remarks>The word vectors are an input of their own, so that adversarial training can move them and attributions can
/// follow them.</remarks>
internal sealed class TokenEmbeddings : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly int _positionOffset;
    private readonly bool _tellsTextsApart;
    private readonly Embedding wordTable;
    private readonly Embedding positionTable;
    private readonly Embedding? typeTable;
    private readonly LayerNorm norm;
    private readonly SeededDropout dropout;

    public TokenEmbeddings(EncoderConfig config, WeightInitializer weights, DropoutRandom random)
        : base(nameof(TokenEmbeddings))
    {
        _positionOffset = config.PositionOffset;
        _tellsTextsApart = config.TypeVocabularySize > 1;
        wordTable = weights.Embedding(config.VocabularySize, config.HiddenSize, config.PaddingId);
        positionTable = weights.Embedding(config.MaximumLength + config.PositionOffset, config.HiddenSize);
        typeTable = config.TypeVocabularySize == 0
            ? null
            : weights.Embedding(config.TypeVocabularySize, config.HiddenSize);
        norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        dropout = new SeededDropout(config.Dropout, random);
        RegisterComponents();
    }

    /// <summary>The table of word vectors, [vocabulary, hidden].</summary>
    public Parameter WordTable => wordTable.weight!;

    /// <summary>The word vectors of tokens.</summary>
    /// <param name="ids">[batch, length], int64.</param>
    /// <returns>[batch, length, hidden].</returns>
    public Tensor Words(Tensor ids) => wordTable.call(ids);

    /// <summary>The vectors of tokens in their places.</summary>
    /// <param name="words">[batch, length, hidden].</param>
    /// <param name="types">Which text of a pair each token is of, [batch, length], int64; null where all are of the
    /// first.</param>
    /// <returns>[batch, length, hidden].</returns>
    public override Tensor forward(Tensor words, Tensor? types)
    {
        var sum = words.Plus(positionTable.weight!.narrow(0, _positionOffset, words.shape[1]));
        if (typeTable is not null)
        {
            sum = sum.Plus(types is null || !_tellsTextsApart
                ? typeTable.weight!.narrow(0, 0, 1)
                : typeTable.call(types));
        }

        return dropout.call(norm.call(sum));
    }
}
