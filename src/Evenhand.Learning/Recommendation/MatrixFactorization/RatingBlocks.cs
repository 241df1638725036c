using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Ratings cut into a square grid of blocks by user and item; blocks of one diagonal share neither.</summary>
/// <remarks>
/// The grid depends on the data and the rank only, and an iteration visits diagonal after diagonal, so the blocks of
/// a diagonal can be worked on by any number of threads with the same result, bit for bit (the stratified schedule of
/// Gemulla, Nijkamp, Haas, Sismanis, KDD 2011). Users and items are numbered anew at random, which evens the blocks
/// out and puts the rows of a block side by side. Within a block ratings lie in random order; each iteration visits
/// their runs in a new order.
/// </remarks>
internal sealed class RatingBlocks
{
    // Long enough for sequential reads, short enough to mix a small block.
    private const int RunLength = 32;

    // Half of a common second-level cache: the factors of a block's users and items stay in it.
    private const long BytesOfBlock = 512 * 1024;

    // Enough diagonals for the cores of a common machine, once blocks are worth handing out.
    private const int SidesForThreads = 8;
    private const int RatingsForThreads = 20_000;
    private const int MostSides = 64;

    private readonly RatingEntry[] _entries;
    private readonly int[] _starts;
    private readonly SeededRandom[] _orders;
    private readonly SeededRandom _diagonals;

    private RatingBlocks(int side, RatingEntry[] entries, int[] starts, SeedTree seeds)
    {
        Side = side;
        _entries = entries;
        _starts = starts;
        _diagonals = seeds.Fork("diagonals").CreateRandom();
        var random = seeds.Fork("runs").CreateRandom();
        _orders = new SeededRandom[side * side];
        for (var block = 0; block < _orders.Length; block++)
        {
            _orders[block] = new SeededRandom(random.NextUInt64());
        }
    }

    /// <summary>Blocks on each side of the grid, and on each diagonal.</summary>
    public int Side { get; }

    /// <summary>All ratings, block by block; their values and weights may be changed between iterations.</summary>
    public Span<RatingEntry> Entries => _entries;

    /// <param name="entries">The ratings; reordered.</param>
    /// <param name="users">Number of users, which are split into even ranges of numbers.</param>
    /// <param name="items">Number of items.</param>
    /// <param name="rowBytes">Bytes of the factors of one user or item.</param>
    /// <param name="seeds">Decides the order of the ratings and of the visits.</param>
    public static RatingBlocks Of(RatingEntry[] entries, int users, int items, int rowBytes, SeedTree seeds)
    {
        var forCache = ((long)(users + items) * rowBytes / BytesOfBlock) + 1;
        var forThreads = entries.Length < RatingsForThreads ? 1 : SidesForThreads;
        var side = (int)Math.Min(Math.Min(users, items), Math.Clamp(forCache, forThreads, MostSides));
        seeds.Fork("order").CreateRandom().Shuffle<RatingEntry>(entries);
        var starts = new int[(side * side) + 1];
        foreach (ref readonly var entry in entries.AsSpan())
        {
            starts[BlockOf(entry, users, items, side) + 1]++;
        }

        for (var block = 0; block < side * side; block++)
        {
            starts[block + 1] += starts[block];
        }

        var next = starts.AsSpan(0, side * side).ToArray();
        var sorted = new RatingEntry[entries.Length];
        foreach (ref readonly var entry in entries.AsSpan())
        {
            sorted[next[BlockOf(entry, users, items, side)]++] = entry;
        }

        return new RatingBlocks(side, sorted, starts, seeds);
    }

    /// <summary>The diagonals of one iteration, in a new random order.</summary>
    public int[] NextDiagonals() => _diagonals.NextPermutation(Side);

    /// <summary>Visits a block of a diagonal, run by run in a new random order.</summary>
    /// <param name="diagonal">Number of the diagonal.</param>
    /// <param name="place">Number of the block on it.</param>
    /// <param name="visit">Takes a run of ratings.</param>
    public void Visit(int diagonal, int place, Action<ReadOnlySpan<RatingEntry>> visit)
    {
        var block = (place * Side) + ((place + diagonal) % Side);
        var ratings = _entries.AsSpan(_starts[block].._starts[block + 1]);
        var runs = _orders[block].NextPermutation((ratings.Length + RunLength - 1) / RunLength);
        foreach (var run in runs)
        {
            var start = run * RunLength;
            visit(ratings[start..Math.Min(start + RunLength, ratings.Length)]);
        }
    }

    private static int BlockOf(in RatingEntry entry, int users, int items, int side) =>
        ((int)((long)entry.User * side / users) * side) + (int)((long)entry.Item * side / items);
}
