using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Observed pairs cut into a square grid by user and item, anew in each iteration; blocks of one diagonal
/// share neither users nor items.</summary>
/// <remarks>
/// An iteration visits diagonal after diagonal, and an item is compared with items of its own column only, so blocks of
/// a diagonal can be worked on by any number of threads with the same result, bit for bit. Columns are drawn at random
/// in each iteration: over the iterations every two items meet equally often.
/// </remarks>
internal sealed class PairwiseBlocks
{
    // Enough columns for the cores of a common machine, once there is work for them, with enough items in each.
    private const int MostSides = 8;
    private const int PairsForThreads = 20_000;
    private const int ItemsOfColumn = 64;

    private readonly PositivePair[] _pairs;
    private readonly PositivePair[] _sorted;
    private readonly int[] _rowStarts;
    private readonly int[] _starts;
    private readonly int[] _columnOfItem;
    private readonly int[][] _itemsOfColumn;
    private readonly ulong[] _seeds;
    private readonly SeededRandom _random;

    /// <param name="byUser">Items of each user.</param>
    /// <param name="users">Number of users, which are split into even ranges of numbers.</param>
    /// <param name="items">Number of items.</param>
    /// <param name="seeds">Decides columns and orders.</param>
    public PairwiseBlocks(ObservedPairs byUser, int users, int items, SeedTree seeds)
    {
        Side = byUser.Count < PairsForThreads ? 1 : Math.Clamp(Math.Min(users, items / ItemsOfColumn), 1, MostSides);
        _random = seeds.CreateRandom();
        _pairs = new PositivePair[byUser.Count];
        _sorted = new PositivePair[byUser.Count];
        _rowStarts = new int[Side + 1];
        _starts = new int[(Side * Side) + 1];
        _columnOfItem = new int[items];
        _itemsOfColumn = new int[Side][];
        _seeds = new ulong[Side * Side];
        var sum = 0.0;
        for (var (user, count) = (0, 0); user < users; user++)
        {
            var weights = byUser.WeightsOf(user);
            var partners = byUser.PartnersOf(user);
            for (var i = 0; i < partners.Length; i++)
            {
                _pairs[count++] = new PositivePair(user, partners[i], weights[i]);
                sum += weights[i];
            }

            _rowStarts[RowOf(user, users) + 1] = count;
        }

        // A mean weight of 1 keeps the meaning of the step whatever the unit of the weights.
        var unit = (float)(sum / byUser.Count);
        foreach (ref var pair in _pairs.AsSpan())
        {
            pair = pair with { Weight = pair.Weight / unit };
        }
    }

    /// <summary>Blocks on each side of the grid, and on each diagonal.</summary>
    public int Side { get; }

    /// <summary>Draws new columns and orders.</summary>
    /// <param name="context">Threads that sort; the result does not depend on them.</param>
    public void Shuffle(FitContext context)
    {
        var permutation = _random.NextPermutation(_columnOfItem.Length);
        for (var column = 0; column < Side; column++)
        {
            var items = permutation[StartOfColumn(column)..StartOfColumn(column + 1)];
            foreach (var item in items)
            {
                _columnOfItem[item] = column;
            }

            _itemsOfColumn[column] = items;
        }

        for (var block = 0; block < _seeds.Length; block++)
        {
            _seeds[block] = _random.NextUInt64();
        }

        Parallel.For(
            0,
            Side,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.CancellationToken,
            },
            SortRow);
        _starts[^1] = _pairs.Length;
    }

    /// <summary>Items of a column.</summary>
    public int[] ItemsOf(int column) => _itemsOfColumn[column];

    /// <summary>The pairs of a block in random order, and randomness for the visit.</summary>
    public (ReadOnlyMemory<PositivePair> Pairs, SeededRandom Random) this[int row, int column]
    {
        get
        {
            var block = (row * Side) + column;
            var random = new SeededRandom(_seeds[block]);
            var pairs = _sorted.AsMemory(_starts[block].._starts[block + 1]);
            random.Shuffle(pairs.Span);
            return (pairs, random);
        }
    }

    private void SortRow(int row)
    {
        var own = _pairs.AsSpan(_rowStarts[row].._rowStarts[row + 1]);
        var next = new int[Side + 1];
        foreach (ref readonly var pair in own)
        {
            next[_columnOfItem[pair.Item] + 1]++;
        }

        next[0] = _rowStarts[row];
        for (var column = 0; column < Side; column++)
        {
            next[column + 1] += next[column];
            _starts[(row * Side) + column] = next[column];
        }

        foreach (ref readonly var pair in own)
        {
            _sorted[next[_columnOfItem[pair.Item]]++] = pair;
        }
    }

    private int RowOf(int user, int users) => (int)((long)user * Side / users);

    private int StartOfColumn(int column) => (int)((long)column * _columnOfItem.Length / Side);
}
