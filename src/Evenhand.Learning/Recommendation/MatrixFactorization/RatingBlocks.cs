using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Ratings cut into a square grid of blocks by row and column.</summary>
/// <remarks>
/// <para>The grid depends on the data and the rank only. Its edges are set so that each row of blocks, and each column
/// of blocks, holds about the same number of ratings. The factors of a block's columns stay in the second-level cache
/// while the block is worked on.</para>
/// <para>Within a block ratings are sorted by strips, which are ranges of rows whose factors stay near the processor,
/// and within a strip they lie in random order: consecutive ratings seldom share a row or a column, so that their steps
/// overlap in the processor.</para>
/// </remarks>
internal sealed class RatingBlocks
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

    // The sort is stable whatever these are.
    private const int RatingsOfRange = 1 << 16;
    private const int MostRanges = 64;

    private readonly RatingEntry[] _entries;
    private readonly float[]? _weights;
    private readonly int[] _starts;

    private RatingBlocks(int side, RatingEntry[] entries, float[]? weights, int[] starts)
    {
        Side = side;
        _entries = entries;
        _weights = weights;
        _starts = starts;
    }

    /// <summary>Blocks on each side of the grid.</summary>
    public int Side { get; }

    /// <summary>All ratings, block by block; their values may be changed between iterations.</summary>
    public Span<RatingEntry> AllEntries => _entries;

    /// <summary>The weights of all ratings, which may be changed likewise; empty where all weigh 1.</summary>
    public Span<float> AllWeights => _weights;

    /// <summary>The ratings of a block.</summary>
    public ReadOnlySpan<RatingEntry> Entries(int row, int column) => _entries.AsSpan(RangeOf(row, column));

    /// <summary>Their weights; empty where all weigh 1.</summary>
    public ReadOnlySpan<float> Weights(int row, int column) =>
        _weights is null ? [] : _weights.AsSpan(RangeOf(row, column));

    /// <param name="ratings">The ratings.</param>
    /// <param name="rowBytes">Bytes of the factors of one row or column.</param>
    /// <param name="context">Seeds, which decide the order of the ratings; threads; cancellation.</param>
    public static RatingBlocks Of(ScaledRatings ratings, int rowBytes, FitContext context)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        var forCache = ((long)ratings.Columns * rowBytes / BytesOfColumns) + 1;
        var forThreads = ratings.Count < RatingsForThreads ? 1 : SidesForThreads;
        var side = (int)Math.Min(
            Math.Min(ratings.Rows, ratings.Columns), Math.Clamp(forCache, forThreads, MostSides));
        var strips = (int)Math.Clamp(
            (long)ratings.Rows * rowBytes / side / BytesOfStrip, 1, 1 + (ratings.Count / side / side / RatingsOfStrip));
        int[] rowCells = [];
        int[] columnCells = [];
        Parallel.Invoke(
            parallel,
            () => rowCells = Cut(ratings.RowOf, ratings.Count, ratings.Rows, side * strips, context.CancellationToken),
            () => columnCells = Cut(ratings.ColumnOf, ratings.Count, ratings.Columns, side, context.CancellationToken));

        // Cells are strips within blocks, in the order in which they will lie.
        for (var row = 0; row < rowCells.Length; row++)
        {
            rowCells[row] = (rowCells[row] / strips * side * strips) + (rowCells[row] % strips);
        }

        for (var column = 0; column < columnCells.Length; column++)
        {
            columnCells[column] *= strips;
        }

        var (entries, weights, starts) = Sort(ratings, rowCells, columnCells, side * side * strips, parallel);
        var random = context.Seeds.CreateRandom();
        var seeds = new ulong[starts.Length - 1];
        foreach (ref var seed in seeds.AsSpan())
        {
            seed = random.NextUInt64();
        }

        Parallel.For(0, seeds.Length, parallel, cell => Shuffle(
            entries.AsSpan(starts[cell]..starts[cell + 1]),
            weights is null ? [] : weights.AsSpan(starts[cell]..starts[cell + 1]),
            new SeededRandom(seeds[cell])));
        var blocks = Enumerable.Range(0, (side * side) + 1).Select(block => starts[block * strips]);
        return new RatingBlocks(side, entries, weights, [.. blocks]);
    }

    // The part of each number, of parts that are ranges of numbers with about the same count of ratings.
    private static int[] Cut(
        Func<int, int> numberOf, int count, int numbers, int parts, CancellationToken cancellationToken)
    {
        var ratings = new int[numbers];
        for (var rating = 0; rating < count; rating++)
        {
            if (rating % RatingsOfRange == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ratings[numberOf(rating)]++;
        }

        var part = ratings;
        var before = 0L;
        for (var number = 0; number < numbers; number++)
        {
            var own = ratings[number];
            part[number] = (int)((before + (own / 2)) * parts / count);
            before += own;
        }

        return part;
    }

    // A counting sort by cell. Ranges of ratings are counted, then moved, side by side.
    private static (RatingEntry[] Entries, float[]? Weights, int[] Starts) Sort(
        ScaledRatings ratings, int[] rowCells, int[] columnCells, int cells, ParallelOptions parallel)
    {
        var ranges = Math.Clamp(ratings.Count / RatingsOfRange, 1, MostRanges);
        var next = new int[ranges][];
        int First(int range) => (int)((long)ratings.Count * range / ranges);
        Parallel.For(0, ranges, parallel, range =>
        {
            var counts = new int[cells];
            for (var rating = First(range); rating < First(range + 1); rating++)
            {
                counts[rowCells[ratings.RowOf(rating)] + columnCells[ratings.ColumnOf(rating)]]++;
            }

            next[range] = counts;
        });
        var starts = new int[cells + 1];
        var sum = 0;
        for (var cell = 0; cell < cells; cell++)
        {
            starts[cell] = sum;
            foreach (var counts in next)
            {
                (counts[cell], sum) = (sum, sum + counts[cell]);
            }
        }

        starts[cells] = sum;
        var entries = GC.AllocateUninitializedArray<RatingEntry>(ratings.Count);
        var weights = ratings.IsWeighted ? GC.AllocateUninitializedArray<float>(ratings.Count) : null;
        Parallel.For(0, ranges, parallel, range =>
        {
            var places = next[range];
            for (var rating = First(range); rating < First(range + 1); rating++)
            {
                var entry = ratings[rating];
                var place = places[rowCells[entry.Row] + columnCells[entry.Column]]++;
                entries[place] = entry;
                if (weights is not null)
                {
                    weights[place] = ratings.WeightOf(rating);
                }
            }
        });
        return (entries, weights, starts);
    }

    private static void Shuffle(Span<RatingEntry> entries, Span<float> weights, SeededRandom random)
    {
        for (var i = entries.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (entries[i], entries[j]) = (entries[j], entries[i]);
            if (!weights.IsEmpty)
            {
                (weights[i], weights[j]) = (weights[j], weights[i]);
            }
        }
    }

    private Range RangeOf(int row, int column)
    {
        var block = (row * Side) + column;
        return _starts[block].._starts[block + 1];
    }
}
