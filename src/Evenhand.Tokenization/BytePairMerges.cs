namespace Evenhand.Tokenization;

/// <summary>Which two tokens merge into which, in what order. Immutable.</summary>
internal sealed class BytePairMerges
{
    private readonly Dictionary<long, (int Rank, int Id)> _merges;
    private readonly int[] _byteIds = new int[256];

    /// <param name="byteIds">Id of each byte; -1 where the vocabulary lacks it.</param>
    /// <param name="pairs">The merges in their order: left, right and merged id.</param>
    public BytePairMerges(ReadOnlySpan<int> byteIds, IReadOnlyList<(int Left, int Right, int Id)> pairs)
    {
        byteIds.CopyTo(_byteIds);
        Pairs = pairs;
        _merges = new Dictionary<long, (int, int)>(pairs.Count);
        for (var rank = 0; rank < pairs.Count; rank++)
        {
            _merges[Key(pairs[rank].Left, pairs[rank].Right)] = (rank, pairs[rank].Id);
        }
    }

    /// <summary>The merges in their order.</summary>
    public IReadOnlyList<(int Left, int Right, int Id)> Pairs { get; }

    /// <summary>Id of each byte; -1 where the vocabulary lacks it.</summary>
    public ReadOnlySpan<int> ByteIds => _byteIds;

    /// <summary>The merge of two tokens, if there is one.</summary>
    public bool TryGet(int left, int right, out (int Rank, int Id) merge) =>
        _merges.TryGetValue(Key(left, right), out merge);

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;
}
