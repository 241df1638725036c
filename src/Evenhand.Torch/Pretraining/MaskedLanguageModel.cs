using Evenhand.Torch.Encoders;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using TransformerEncoder = Evenhand.Torch.Encoders.TransformerEncoder;

namespace Evenhand.Torch.Pretraining;

/// <summary>An encoder with a layer that tells hidden tokens.</summary>
/// <remarks>The encoder stays with its owner: this module is not disposed of, its <see cref="Head"/> is.</remarks>
internal sealed class MaskedLanguageModel : nn.Module
{
    private readonly TransformerEncoder encoder;
    private readonly MaskedLanguageHead head;

    public MaskedLanguageModel(TransformerEncoder encoder, MaskedLanguageHead head)
        : base(nameof(MaskedLanguageModel))
    {
        this.encoder = encoder;
        this.head = head;
        RegisterComponents();
    }

    public TransformerEncoder Encoder => encoder;

    public MaskedLanguageHead Head => head;
}

/// <summary>Scores of all words for hidden tokens: a linear layer, GELU, a normalization, and the table of word
/// vectors, which is the encoder's own (Press and Wolf 2017), with a bias for each word.</summary>
internal sealed class MaskedLanguageHead : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly DenseLayer dense;
    private readonly LayerNorm norm;
    private readonly Parameter bias;

    public MaskedLanguageHead(EncoderConfig config, WeightInitializer weights)
        : base(nameof(MaskedLanguageHead))
    {
        dense = weights.Linear(config.HiddenSize, config.HiddenSize);
        norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        bias = new Parameter(zeros(config.VocabularySize));
        RegisterComponents();
    }

    /// <param name="hidden">Vectors of hidden tokens, [tokens, hidden].</param>
    /// <param name="words">The table of word vectors, [vocabulary, hidden].</param>
    /// <returns>[tokens, vocabulary].</returns>
    public override Tensor forward(Tensor hidden, Tensor words)
    {
        // Mixed precision leaves the product in half precision; normalizations are computed in the weights' own.
        var inner = nn.functional.gelu(dense.call(hidden)).to(norm.weight.dtype);
        return DenseLayer.Apply(norm.call(inner), words, bias);
    }
}
