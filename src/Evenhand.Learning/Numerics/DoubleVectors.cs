using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Evenhand.Learning.Numerics;

/// <summary>Operations on vectors of doubles that are padded with zeros to whole hardware vectors.</summary>
internal static class DoubleVectors
{
    /// <summary>The smallest padded length that holds so many elements.</summary>
    public static int PaddedLength(int length) =>
        (length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>y += a x, each element rounded once: the same bits at any width of vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y)
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
}
