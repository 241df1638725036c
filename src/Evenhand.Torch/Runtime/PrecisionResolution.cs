using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace Evenhand.Torch.Runtime;

/// <summary>What a <see cref="Precision"/> comes to on a machine.</summary>
internal static class PrecisionResolution
{
    // Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, CPUID: leaf 7 of subleaves 0 and 1.
    private const int AmxBf16 = 1 << 22;
    private const int Avx512Bf16 = 1 << 5;

    /// <summary>The type in which products of matrices are computed on a device.</summary>
    public static ScalarType On(this Precision precision, Device device) => precision switch
    {
        Precision.Bfloat16 => ScalarType.BFloat16,
        Precision.Auto when device.type == DeviceType.CUDA || ProcessorHasBfloat16() => ScalarType.BFloat16,
        _ => ScalarType.Float32,
    };

    private static bool ProcessorHasBfloat16() =>
        X86Base.IsSupported
        && ((X86Base.CpuId(7, 0).Edx & AmxBf16) != 0 || (X86Base.CpuId(7, 1).Eax & Avx512Bf16) != 0);
}
