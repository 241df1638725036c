using System.Runtime.CompilerServices;

namespace Evenhand.Metrics.Resampling;

/// <summary>Counts codes.</summary>
internal static class Tally
{
    /// <summary>Adds 1 to <c>table[code + offset]</c> for each code.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="offset">What to add to a code.</param>
    /// <param name="table">The counts, or four copies of them one after the other: neighbouring codes then go to
    /// different copies, and a run of one code does not wait for the counter that was written just before.</param>
    /// <param name="stride">Length of a copy; 0 where there is one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<int> codes, int offset, Span<int> table, int stride)
    {
        var (second, third, fourth) = (offset + stride, offset + (2 * stride), offset + (3 * stride));
        var i = 0;
        for (; i <= codes.Length - 4; i += 4)
        {
            table[codes[i] + offset]++;
            table[codes[i + 1] + second]++;
            table[codes[i + 2] + third]++;
            table[codes[i + 3] + fourth]++;
        }

        for (; i < codes.Length; i++)
        {
            table[codes[i] + offset]++;
        }
    }
}
