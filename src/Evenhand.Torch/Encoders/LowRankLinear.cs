using Evenhand.Torch.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>A linear layer with a product of two thin matrices beside its weights: y = x (W + alpha / r B A)' + b,
/// where A is [r, inputs] and B, 0 at first, [outputs, r].</summary>
/// <remarks>E. J. Hu et al., "LoRA: Low-rank adaptation of large language models", ICLR 2022 (arXiv 2021), eq. 3.
/// Weights and bias have the names that they have in a plain layer.</remarks>
internal sealed class LowRankLinear : nn.Module<Tensor, Tensor>
{
    private readonly double _scale;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Parameter down;
    private readonly Parameter up;
    private readonly SeededDropout dropout;

    public LowRankLinear(EncoderConfig config, WeightInitializer weights, DropoutRandom random)
        : base(nameof(LowRankLinear))
    {
        var width = config.HiddenSize;
        _scale = config.LoraAlpha / config.LoraRank;
        weight = new Parameter(weights.Normal(width, width));
        bias = new Parameter(zeros(width));
        down = new Parameter(weights.Normal(config.LoraRank, width));
        up = new Parameter(zeros(width, config.LoraRank));
        dropout = new SeededDropout(config.LoraDropout, random);
        RegisterComponents();
    }

    /// <summary>The matrices that are trained in place of the weights.</summary>
    public IEnumerable<Parameter> Added => [down, up];

    public override Tensor forward(Tensor input) =>
        DenseLayer.Apply(input, weight, bias)
            .Plus(DenseLayer.Apply(DenseLayer.Apply(dropout.call(input), down), up).Times(_scale));

    /// <summary>Adds the product to the weights, and makes it 0: the layer computes what it did.</summary>
    public void Merge()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        weight.AddInPlace(matmul(up, down).Times(_scale));
        up.zero_();
    }
}
