using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Ratings cut into a square grid of blocks by row and column.</summary>
/// <remarks>
/// Within a block ratings are sorted by the strips of the <see cref="RatingGrid"/>, and within a strip they lie in
/// random order: consecutive ratings seldom share a row or a column, so that their steps overlap in the processor.
/// </remarks>
internal sealed class RatingBlocks : IRatingBlocks
{
    // A slice of a block is over before anybody waits for a cancellation.
    private const int RatingsOfSlice = 1 << 15;

    // Ranges of ratings that are counted, then moved, side by side. The order is the same whatever they are.
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

    /// <inheritdoc/>
    public void Visit(int row, int column, RatingVisitor visit, CancellationToken cancellationToken)
    {
        var block = (row * Side) + column;
        for (var start = _starts[block]; start < _starts[block + 1]; start += RatingsOfSlice)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(RatingsOfSlice, _starts[block + 1] - start);
            visit(_entries.AsSpan(start, count), _weights is null ? [] : _weights.AsSpan(start, count));
        }
    }

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
        var sample = RatingGrid.Sample(ratings.Count, context.Seeds.Fork("sample").CreateRandom());
        var grid = RatingGrid.Of(
            ratings.Rows,
            ratings.Columns,
            ratings.Count,
            rowBytes,
            Array.ConvertAll(sample, rating => ratings.RowOf((int)rating)),
            Array.ConvertAll(sample, rating => ratings.ColumnOf((int)rating)));
        var (entries, weights, starts) = Sort(ratings, grid, parallel);
        var seeds = grid.SeedsOfBlocks(context.Seeds.Fork("order").CreateRandom());
        Parallel.For(0, seeds.Length, parallel, block => SortByStrip(
            entries.AsSpan(starts[block]..starts[block + 1]),
            weights is null ? [] : weights.AsSpan(starts[block]..starts[block + 1]),
            grid,
            block,
            new SeededRandom(seeds[block])));
        return new RatingBlocks(grid.Side, entries, weights, starts);
    }

    /// <summary>Shuffles a block, then sorts it by strip, which keeps the random order within each strip.</summary>
    /// <param name="entries">The ratings of the block.</param>
    /// <param name="weights">Their weights; empty where all weigh 1.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="block">Number of the block.</param>
    /// <param name="random">Decides the order.</param>
    public static void SortByStrip(
        Span<RatingEntry> entries, Span<float> weights, RatingGrid grid, int block, SeededRandom random)
    {
        var (stripOf, strips) = (grid.StripOf, grid.Strips);
        var firstStrip = block / grid.Side * strips;
        Shuffle(entries, weights, random);
        if (strips == 1)
        {
            return;
        }

        var next = new int[strips + 1];
        foreach (ref readonly var entry in entries)
        {
            next[stripOf[entry.Row] - firstStrip + 1]++;
        }

        for (var strip = 0; strip < strips; strip++)
        {
            next[strip + 1] += next[strip];
        }

        var shuffled = entries.ToArray();
        var shuffledWeights = weights.ToArray();
        for (var i = 0; i < shuffled.Length; i++)
        {
            var place = next[stripOf[shuffled[i].Row] - firstStrip]++;
            entries[place] = shuffled[i];
            if (!weights.IsEmpty)
            {
                weights[place] = shuffledWeights[i];
            }
        }
    }

    // A counting sort by block. Ranges of ratings are counted, then moved, side by side.
    private static (RatingEntry[] Entries, float[]? Weights, int[] Starts) Sort(
        ScaledRatings ratings, RatingGrid grid, ParallelOptions parallel)
    {
        var (side, rowOf, columnOf) = (grid.Side, grid.RowOf, grid.ColumnOf);
        var ranges = Math.Clamp(ratings.Count / RatingsOfRange, 1, MostRanges);
        var next = new int[ranges][];
        int First(int range) => (int)((long)ratings.Count * range / ranges);
        Parallel.For(0, ranges, parallel, range =>
        {
            var counts = new int[side * side];
            for (var rating = First(range); rating < First(range + 1); rating++)
            {
                counts[(rowOf[ratings.RowOf(rating)] * side) + columnOf[ratings.ColumnOf(rating)]]++;
            }

            next[range] = counts;
        });
        var starts = new int[(side * side) + 1];
        var sum = 0;
        for (var block = 0; block < side * side; block++)
        {
            starts[block] = sum;
            foreach (var counts in next)
            {
                (counts[block], sum) = (sum, sum + counts[block]);
            }
        }

        starts[^1] = sum;
        var entries = GC.AllocateUninitializedArray<RatingEntry>(ratings.Count);
        var weights = ratings.IsWeighted ? GC.AllocateUninitializedArray<float>(ratings.Count) : null;
        Parallel.For(0, ranges, parallel, range =>
        {
            var places = next[range];
            for (var rating = First(range); rating < First(range + 1); rating++)
            {
                var entry = ratings[rating];
                var place = places[(rowOf[entry.Row] * side) + columnOf[entry.Column]]++;
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
}
