using static TorchSharp.torch;

namespace Evenhand.Torch.Encoders;

/// <summary>The type in which this thread computes products of matrices, while a pass is open.</summary>
/// <remarks>
/// <para>What PyTorch calls autocast, which TorchSharp 0.107 does not have: layers that multiply ask for the narrow
/// form of what they are given, weights included. Everything else takes the type that it finds, so that sums with what
/// is float32, and normalizations, are float32.</para>
/// <para>Micikevicius et al., "Mixed precision training", ICLR 2018; with bfloat16, whose exponents are those of
/// float32, no loss is scaled.</para>
/// </remarks>
internal static class MixedPrecision
{
    [ThreadStatic]
    private static ScalarType? products;

    /// <summary>Opens a pass on this thread; it ends when what is returned is disposed of.</summary>
    /// <param name="type">What products of matrices are computed in; single precision changes nothing.</param>
    public static IDisposable Begin(ScalarType type) => new Pass(type);

    /// <summary>A tensor as products take it: itself, where no pass is open or it has the type.</summary>
    public static Tensor Narrow(Tensor tensor) =>
        products is { } type && tensor.dtype != type ? tensor.to(type) : tensor;

    private sealed class Pass : IDisposable
    {
        private readonly ScalarType? _outer = products;

        public Pass(ScalarType type) => products = type == ScalarType.Float32 ? null : type;

        public void Dispose() => products = _outer;
    }
}
