using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>A row of float factors for each user or item, padded with zeros to whole vectors and aligned to cache
/// lines.</summary>
internal sealed unsafe class FactorTable
{
    /// <summary>Rows are padded to a multiple of this many floats: one Vector256.</summary>
    public const int Padding = 8;

    private const int Alignment = 64;
    private const int RowsOfSeed = 1024;

    private readonly float[] _pinned;

    public FactorTable(int rows, int rank)
    {
        Rows = rows;
        Rank = rank;
        Stride = (rank + Padding - 1) / Padding * Padding;
        // The pinned heap never moves an array, so its first aligned element stays where it is.
        _pinned = GC.AllocateArray<float>(checked((rows * Stride) + (Alignment / sizeof(float))), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
        Pointer = (float*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    public int Rows { get; }

    public int Rank { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>First float of row 0; valid as long as the table is reachable.</summary>
    public float* Pointer { get; }

    /// <summary>The factors of a row without its padding.</summary>
    public Span<float> this[int row] => new(Pointer + ((long)row * Stride), Rank);

    /// <summary>The factors of a row with its padding, which is zero.</summary>
    public Span<float> Padded(int row) => new(Pointer + ((long)row * Stride), Stride);

    /// <summary>Draws every factor from a normal distribution, or its absolute value where factors may not be
    /// negative.</summary>
    public void FillGaussian(SeededRandom random, double mean, double deviation, bool nonNegative)
    {
        for (var row = 0; row < Rows; row++)
        {
            foreach (ref var factor in this[row])
            {
                var value = mean + (deviation * random.NextGaussian());
                factor = (float)(nonNegative ? Math.Abs(value) : value);
            }
        }
    }

    /// <summary>Draws every factor from a uniform distribution, or its absolute value where factors may not be
    /// negative.</summary>
    /// <remarks>Several times faster than normal ones, which counts where there are many factors and few iterations.
    /// The threads do not change the factors.</remarks>
    public void FillUniform(
        SeededRandom random, double mean, double deviation, bool nonNegative, ParallelOptions parallel)
    {
        // A uniform distribution on [0, 1) has the variance 1/12.
        var width = (float)(Math.Sqrt(12) * deviation);
        var low = (float)mean - (width / 2);
        var seeds = new ulong[(Rows + RowsOfSeed - 1) / RowsOfSeed];
        foreach (ref var seed in seeds.AsSpan())
        {
            seed = random.NextUInt64();
        }

        Parallel.For(0, seeds.Length, parallel, part =>
        {
            var own = new SeededRandom(seeds[part]);
            for (var row = part * RowsOfSeed; row < Math.Min(Rows, (part + 1) * RowsOfSeed); row++)
            {
                foreach (ref var factor in this[row])
                {
                    var value = low + (width * own.NextSingle());
                    factor = nonNegative ? Math.Abs(value) : value;
                }
            }
        });
    }

    /// <summary>Another table of the same factors.</summary>
    public FactorTable Copy()
    {
        var copy = new FactorTable(Rows, Rank);
        for (var row = 0; row < Rows; row++)
        {
            this[row].CopyTo(copy[row]);
        }

        return copy;
    }

    /// <summary>Euclidean length of the longest row; NaN where a factor is.</summary>
    /// <remarks>No inner product with a row of another table exceeds the product of both tables' largest
    /// lengths.</remarks>
    public double LargestLength()
    {
        var largest = 0.0;
        for (var row = 0; row < Rows; row++)
        {
            var squares = 0.0;
            foreach (var factor in this[row])
            {
                squares += (double)factor * factor;
            }

            // Math.Max keeps NaN.
            largest = Math.Max(largest, squares);
        }

        return Math.Sqrt(largest);
    }

    public static FactorTable Read(ModelReader reader, string name, int rows, int rank)
    {
        var table = new FactorTable(rows, rank);
        var values = reader.ReadArray<float>(name, checked(rows * rank));
        for (var row = 0; row < rows; row++)
        {
            values.AsSpan(row * rank, rank).CopyTo(table[row]);
        }

        return table;
    }

    public void Write(ModelWriter writer, string name)
    {
        var values = new float[Rows * Rank];
        for (var row = 0; row < Rows; row++)
        {
            this[row].CopyTo(values.AsSpan(row * Rank));
        }

        writer.Write<float>(name, values);
    }
}
