using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Evenhand.Learning.Numerics;

/// <summary>Operations on vectors of doubles. Sums are taken in one order, so that they have the same bits
/// everywhere.</summary>
internal static class DoubleVectors
{
    /// <summary>The smallest padded length that holds so many elements.</summary>
    public static int PaddedLength(int length) =>
        (length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>y += a x of padded vectors, each element rounded once: the same bits at any width of vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaledPadded(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length % Vector<double>.Count, 0);
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var scale = new Vector<double>(a);
        for (nuint i = 0; i < (nuint)x.Length; i += (nuint)Vector<double>.Count)
        {
            Vector.FusedMultiplyAdd(scale, Vector.LoadUnsafe(ref source, i), Vector.LoadUnsafe(ref target, i))
                .StoreUnsafe(ref target, i);
        }
    }

    /// <summary>The inner product, in order.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>y += a x, product and sum rounded.</summary>
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    /// <summary>The largest absolute element.</summary>
    public static double Largest(ReadOnlySpan<double> x)
    {
        var largest = 0.0;
        foreach (var element in x)
        {
            largest = Math.Max(largest, Math.Abs(element));
        }

        return largest;
    }
}
