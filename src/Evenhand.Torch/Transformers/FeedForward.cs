using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch;

/// <summary>Two linear layers with a nonlinearity between them, the same for every token.</summary>
/// <remarks>Vaswani et al. 2017, eq. 2.</remarks>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    private readonly Activation _activation;

    [ComponentName(Name = "inner")]
    private readonly nn.Module<Tensor, Tensor> _inner;

    [ComponentName(Name = "outer")]
    private readonly nn.Module<Tensor, Tensor> _outer;

    public FeedForward(EncoderConfig config, WeightInitializer weights)
        : base(nameof(FeedForward))
    {
        _activation = config.Activation;
        _inner = weights.Linear(config.HiddenSize, config.IntermediateSize);
        _outer = weights.Linear(config.IntermediateSize, config.HiddenSize);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var inner = _inner.call(input);
        return _outer.call(_activation == Activation.Gelu ? nn.functional.gelu(inner) : nn.functional.relu(inner));
    }
}
