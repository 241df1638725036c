using Evenhand.Torch.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>A narrow block behind a wide one: h + W2 gelu(W1 h), where W2 is 0 at first.</summary>
/// <remarks>N. Houlsby et al., "Parameter-efficient transfer learning for NLP", ICML 2019, figure 2.</remarks>
internal sealed class Adapter : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> down;
    private readonly nn.Module<Tensor, Tensor> up;

    private Adapter(EncoderConfig config, WeightInitializer weights)
        : base(nameof(Adapter))
    {
        down = weights.Linear(config.HiddenSize, config.AdapterSize);
        up = new WeightInitializer(null).Linear(config.AdapterSize, config.HiddenSize);
        RegisterComponents();
    }

    /// <summary>The adapter of a block; null where the encoder has none.</summary>
    public static Adapter? Of(EncoderConfig config, WeightInitializer weights) =>
        config.AdapterSize == 0 ? null : new Adapter(config, weights);

    public override Tensor forward(Tensor input) => input.Plus(up.call(nn.functional.gelu(down.call(input))));
}
