using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>A square grid of blocks over the rows and columns of a matrix of ratings, and the strips of rows within its
/// blocks.</summary>
/// <remarks>The grid depends on the data and the rank only. Its edges are set so that each row of blocks, and each
/// column of blocks, holds about the same number of ratings. The factors of a block's columns stay in the second-level
/// cache while the block is worked on, and those of a strip's rows near the processor.</remarks>
internal sealed class RatingGrid
{
    // Of a second-level cache of 2 MiB, the larger part.
    private const long BytesOfColumns = 5 << 18;

    // More than a first-level cache holds, which prefetching makes up for: a long strip mixes its ratings well.
    private const long BytesOfStrip = 64 << 10;
    private const int RatingsOfStrip = 1024;

    // Enough diagonals for the cores of a common machine, once blocks are worth handing out.
    private const int SidesForThreads = 8;
    private const int RatingsForThreads = 20_000;
    private const int MostSides = 512;

    // Ratings from which the edges of blocks and strips are estimated.
    private const int SampleSize = 1 << 18;

    private RatingGrid(int side, int strips, int[] stripOf, int[] columnOf)
    {
        Side = side;
        Strips = strips;
        StripOf = stripOf;
        RowOf = Array.ConvertAll(stripOf, strip => strip / strips);
        ColumnOf = columnOf;
    }

    /// <summary>Blocks on each side.</summary>
    public int Side { get; }

    /// <summary>Strips in a row of blocks.</summary>
    public int Strips { get; }

    /// <summary>Strip of each row, counted over all rows of blocks.</summary>
    public int[] StripOf { get; }

    /// <summary>Row of blocks of each row.</summary>
    public int[] RowOf { get; }

    /// <summary>Column of blocks of each column.</summary>
    public int[] ColumnOf { get; }

    /// <summary>Places of the ratings that are looked at, ascending: one of each of about as many even ranges. Where
    /// each is taken at random, no pattern of the data is missed.</summary>
    public static long[] Sample(long count, SeededRandom random)
    {
        var range = (int)((count + SampleSize - 1) / SampleSize);
        var sample = new long[count / range];
        for (var i = 0; i < sample.Length; i++)
        {
            sample[i] = ((long)i * range) + random.Next(range);
        }

        return sample;
    }

    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="count">Number of ratings.</param>
    /// <param name="rowBytes">Bytes of the factors of one row or column.</param>
    /// <param name="sampleRows">Row of each rating of the sample.</param>
    /// <param name="sampleColumns">Column of each rating of the sample.</param>
    public static RatingGrid Of(
        int rows, int columns, long count, int rowBytes, int[] sampleRows, int[] sampleColumns)
    {
        var forCache = ((long)columns * rowBytes / BytesOfColumns) + 1;
        var forThreads = count < RatingsForThreads ? 1 : SidesForThreads;
        var side = (int)Math.Min(Math.Min(rows, columns), Math.Clamp(forCache, forThreads, MostSides));
        var strips = (int)Math.Clamp(
            (long)rows * rowBytes / side / BytesOfStrip, 1, 1 + (count / side / side / RatingsOfStrip));
        return new RatingGrid(
            side, strips, Cut(sampleRows, rows, side * strips), Cut(sampleColumns, columns, side));
    }

    /// <summary>A seed for the order within each block.</summary>
    public ulong[] SeedsOfBlocks(SeededRandom random)
    {
        var seeds = new ulong[Side * Side];
        foreach (ref var seed in seeds.AsSpan())
        {
            seed = random.NextUInt64();
        }

        return seeds;
    }

    // The part of each number, of parts that are ranges of numbers with about the same count of ratings.
    private static int[] Cut(int[] sample, int numbers, int parts)
    {
        var counts = new int[numbers];
        foreach (var number in sample)
        {
            counts[number]++;
        }

        var part = counts;
        var before = 0L;
        for (var number = 0; number < numbers; number++)
        {
            var own = counts[number];
            part[number] = (int)Math.Min((before + (own / 2)) * parts / sample.Length, parts - 1);
            before += own;
        }

        return part;
    }
}
