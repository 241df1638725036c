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

    // Ranges of ratings that are counted, then moved, side by side. The order is the same whatever they are.
    private const int RatingsOfRange = 1 << 16;
    private const int MostRanges = 64;

    // Ratings from which the edges of blocks and strips are estimated.
    private const int Sample = 1 << 18;

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
        var sample = Sampled(ratings.Count, context.Seeds.Fork("sample").CreateRandom());
        var stripOf = Cut(sample, ratings.RowOf, ratings.Rows, side * strips);
        var columnOf = Cut(sample, ratings.ColumnOf, ratings.Columns, side);
        var rowOf = Array.ConvertAll(stripOf, strip => strip / strips);
        var (entries, weights, starts) = Sort(ratings, side, rowOf, columnOf, parallel);
        var random = context.Seeds.Fork("order").CreateRandom();
        var seeds = new ulong[side * side];
        foreach (ref var seed in seeds.AsSpan())
        {
            seed = random.NextUInt64();
        }

        Parallel.For(0, seeds.Length, parallel, block => SortByStrip(
            entries.AsSpan(starts[block]..starts[block + 1]),
            weights is null ? [] : weights.AsSpan(starts[block]..starts[block + 1]),
            stripOf,
            block / side * strips,
            strips,
            new SeededRandom(seeds[block])));
        return new RatingBlocks(side, entries, weights, starts);
    }

    // One rating of each of about as many even ranges: where each is taken at random, no pattern of the data is missed.
    private static int[] Sampled(int count, SeededRandom random)
    {
        var range = (count + Sample - 1) / Sample;
        var sample = new int[count / range];
        for (var i = 0; i < sample.Length; i++)
        {
            sample[i] = (i * range) + random.Next(range);
        }

        return sample;
    }

    // The part of each number, of parts that are ranges of numbers with about the same count of ratings.
    private static int[] Cut(int[] sample, Func<int, int> numberOf, int numbers, int parts)
    {
        var counts = new int[numbers];
        foreach (var rating in sample)
        {
            counts[numberOf(rating)]++;
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

    // A counting sort by block. Ranges of ratings are counted, then moved, side by side.
    private static (RatingEntry[] Entries, float[]? Weights, int[] Starts) Sort(
        ScaledRatings ratings, int side, int[] rowOf, int[] columnOf, ParallelOptions parallel)
    {
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

    // Shuffles a block, then sorts it by strip, which keeps the random order within each strip.
    private static void SortByStrip(
        Span<RatingEntry> entries,
        Span<float> weights,
        int[] stripOf,
        int firstStrip,
        int strips,
        SeededRandom random)
    {
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
