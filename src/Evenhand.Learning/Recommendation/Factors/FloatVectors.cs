using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>Operations on float vectors whose length is a multiple of <see cref="FactorTable.Padding"/>.</summary>
/// <remarks>Optimized from the first call on, so that sums have one order, and results one value, at any
/// time.</remarks>
internal static class FloatVectors
{
    /// <summary>The inner product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y);
        var even = Vector256<float>.Zero;
        var odd = Vector256<float>.Zero;
        nuint i = 0;
        for (; i + 16 <= (nuint)x.Length; i += 16)
        {
            even = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref left, i), Vector256.LoadUnsafe(ref right, i), even);
            odd = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref left, i + 8), Vector256.LoadUnsafe(ref right, i + 8), odd);
        }

        if (i < (nuint)x.Length)
        {
            even = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref left, i), Vector256.LoadUnsafe(ref right, i), even);
        }

        return Vector256.Sum(even + odd);
    }

    /// <summary>y += a x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var scale = Vector256.Create(a);
        for (nuint i = 0; i < (nuint)x.Length; i += 8)
        {
            Vector256.FusedMultiplyAdd(
                    scale, Vector256.LoadUnsafe(ref source, i), Vector256.LoadUnsafe(ref target, i))
                .StoreUnsafe(ref target, i);
        }
    }

    /// <summary>y = a x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var scale = Vector256.Create(a);
        for (nuint i = 0; i < (nuint)x.Length; i += 8)
        {
            (scale * Vector256.LoadUnsafe(ref source, i)).StoreUnsafe(ref target, i);
        }
    }

    /// <summary>y = b y + a x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScaleAndAdd(float b, float a, ReadOnlySpan<float> x, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var (keep, scale) = (Vector256.Create(b), Vector256.Create(a));
        for (nuint i = 0; i < (nuint)x.Length; i += 8)
        {
            Vector256.FusedMultiplyAdd(
                    scale, Vector256.LoadUnsafe(ref source, i), keep * Vector256.LoadUnsafe(ref target, i))
                .StoreUnsafe(ref target, i);
        }
    }

    /// <summary>The sums of <c>(a - d y) x</c> and of <c>d x^2</c> over the elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Residual, float Curvature) WeightedSums(
        ReadOnlySpan<float> a, ReadOnlySpan<float> d, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(d.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, a.Length);
        ref var targets = ref MemoryMarshal.GetReference(a);
        ref var weights = ref MemoryMarshal.GetReference(d);
        ref var inputs = ref MemoryMarshal.GetReference(x);
        ref var outputs = ref MemoryMarshal.GetReference(y);
        var residual = Vector256<float>.Zero;
        var curvature = Vector256<float>.Zero;
        for (nuint i = 0; i < (nuint)a.Length; i += 8)
        {
            var weight = Vector256.LoadUnsafe(ref weights, i);
            var input = Vector256.LoadUnsafe(ref inputs, i);
            var error = Vector256.LoadUnsafe(ref targets, i) - (weight * Vector256.LoadUnsafe(ref outputs, i));
            residual = Vector256.FusedMultiplyAdd(error, input, residual);
            curvature = Vector256.FusedMultiplyAdd(weight * input, input, curvature);
        }

        return (Vector256.Sum(residual), Vector256.Sum(curvature));
    }
}
