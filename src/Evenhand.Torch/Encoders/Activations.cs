using Evenhand.Torch.Runtime;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>What an <see cref="Activation"/> computes.</summary>
internal static class Activations
{
    /// <summary>The nonlinearity of each element.</summary>
    public static Tensor Of(this Activation activation, Tensor x) => activation switch
    {
        Activation.Relu => nn.functional.relu(x),
        Activation.GeluTanh => GeluTanh(x),
        Activation.Silu => nn.functional.silu(x),
        _ => nn.functional.gelu(x),
    };

    private static Tensor GeluTanh(Tensor x) =>
        x.Times(0.5) * tanh(x.Plus((x * x * x).Times(0.044715)).Times(Math.Sqrt(2 / Math.PI))).Plus(1);
}
