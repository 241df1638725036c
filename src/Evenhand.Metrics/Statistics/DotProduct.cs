using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sum of products.</summary>
internal static class DotProduct
{
    /// <summary>Sum of <c>x[i] * y[i]</c>.</summary>
    /// <remarks>Sixteen partial sums whatever the machine's vectors are, so that every machine gets the same
    /// bits.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, y.Length);
        var xs = MemoryMarshal.Cast<double, Vector512<double>>(x);
        var ys = MemoryMarshal.Cast<double, Vector512<double>>(y);
        var even = Vector512<double>.Zero;
        var odd = Vector512<double>.Zero;
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
        for (i = xs.Length * Vector512<double>.Count; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
