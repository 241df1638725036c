namespace Evenhand.Torch.Runtime;

/// <summary>The numbers in which a network's passes are computed. Its weights are float32 in any case.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the processor computes it faster (AMX, AVX512-BF16) or there is a GPU; else
    /// float32.</summary>
    Auto,

    /// <summary>float32: 24 bits of precision.</summary>
    Float32,

    /// <summary>bfloat16, 8 bits of precision, for products of matrices; float32 for the rest.</summary>
    Bfloat16,
}
