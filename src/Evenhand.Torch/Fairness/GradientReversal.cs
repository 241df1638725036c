using Evenhand.Torch.Runtime;
using static TorchSharp.torch;

namespace Evenhand.Torch.Fairness;

/// <summary>The identity, through which gradients come back with another sign and size.</summary>
/// <remarks>Ganin and Lempitsky 2015, eq. 9 and 10.</remarks>
internal static class GradientReversal
{
    /// <summary>The input as it is; its gradient is -<paramref name="factor"/> times that of the result.</summary>
    public static Tensor Of(Tensor input, double factor)
    {
        // The difference is 0, so that the value stays to the last bit.
        var fixedInput = input.detach();
        return fixedInput.Plus((fixedInput - input).Times(factor));
    }
}
