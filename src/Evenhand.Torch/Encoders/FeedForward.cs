using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>Two linear layers with a nonlinearity between them, the same for every token.</summary>
/// <remarks>Vaswani et al. 2017, eq. 2.</remarks>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    private readonly Activation _activation;
    private readonly nn.Module<Tensor, Tensor> inner;
    private readonly nn.Module<Tensor, Tensor> outer;

    public FeedForward(EncoderConfig config, WeightInitializer weights)
        : base(nameof(FeedForward))
    {
        _activation = config.Activation;
        inner = weights.Linear(config.HiddenSize, config.IntermediateSize);
        outer = weights.Linear(config.IntermediateSize, config.HiddenSize);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => outer.call(_activation.Of(inner.call(input)));
}
