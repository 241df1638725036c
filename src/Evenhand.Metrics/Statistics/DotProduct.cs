using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sum of products.</summary>
internal static class DotProduct
{
    /// <summary>Sum of <c>x[i] * y[i]</c>.</summary>
    /// <remarks>As many partial sums as two vectors of 512 bits hold, whatever the machine's vectors are, so that every
    /// machine gets the same bits.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Of<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, IFloatingPoint<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, y.Length);
        var xs = MemoryMarshal.Cast<T, Vector512<T>>(x);
        var ys = MemoryMarshal.Cast<T, Vector512<T>>(y);
        var even = Vector512<T>.Zero;
        var odd = Vector512<T>.Zero;
        var i = 0;
        for (; i + 2 <= xs.Length; i += 2)
        {
            even += xs[i] * ys[i];
            odd += xs[i + 1] * ys[i + 1];
        }

        if (i < xs.Length)
        {
            even += xs[i] * ys[i];
        }

        var sum = Vector512.Sum(even + odd);
        for (i = xs.Length * Vector512<T>.Count; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
