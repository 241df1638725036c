using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>Dropout (Srivastava et al. 2014) whose masks come from the fit's own generator; the identity where it does
/// not train.</summary>
/// <param name="share">Share of elements that become 0, in [0, 1); the others are divided by 1 minus it.</param>
/// <param name="random">Draws the masks.</param>
internal sealed class SeededDropout(double share, DropoutRandom random)
    : nn.Module<Tensor, Tensor>(nameof(SeededDropout))
{
    public override Tensor forward(Tensor input) => training && share > 0 ? input * Mask(input) : input;

    private Tensor Mask(Tensor input)
    {
        var kept = (float)(1 / (1 - share));
        if (input.dtype == ScalarType.BFloat16)
        {
            var half = empty(input.shape, ScalarType.BFloat16);
            random.Fill(MemoryMarshal.Cast<byte, ushort>(half.bytes), share, RoundToBFloat16(kept));
            return half.to(input.device);
        }

        var mask = empty(input.shape, ScalarType.Float32);
        random.Fill(MemoryMarshal.Cast<byte, float>(mask.bytes), share, kept);
        return mask.to(input.device);
    }

    // The upper half of a float32's bits, rounded to the nearest.
    private static ushort RoundToBFloat16(float value) =>
        (ushort)((BitConverter.SingleToUInt32Bits(value) + 0x8000) >> 16);
}
