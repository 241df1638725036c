namespace Evenhand.Data.Reading;

/// <summary>Numbers the distinct non-negative integers that it is given, in order of first appearance.</summary>
internal sealed class IntegerIndex
{
    // Small ids, the usual case, are looked up in a table; it takes at most 16 MiB.
    private const int TableLimit = 1 << 22;

    private readonly Dictionary<long, int> _large = [];
    private readonly List<long> _ids = [];
    private int[] _small = new int[1 << 12];

    /// <summary>The distinct integers.</summary>
    public IReadOnlyList<long> Ids => _ids;

    /// <summary>The number of an integer; a new one gets the next.</summary>
    public int Add(long id)
    {
        if ((ulong)id < (ulong)_small.Length)
        {
            // The table holds codes plus one, so that 0 means not seen.
            if (_small[id] == 0)
            {
                _small[id] = Append(id) + 1;
            }

            return _small[id] - 1;
        }

        return AddBeyondTable(id);
    }

    private int AddBeyondTable(long id)
    {
        if (id < TableLimit)
        {
            Array.Resize(ref _small, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)id + 1));
            return Add(id);
        }

        if (!_large.TryGetValue(id, out var code))
        {
            _large.Add(id, code = Append(id));
        }

        return code;
    }

    private int Append(long id)
    {
        _ids.Add(id);
        return _ids.Count - 1;
    }
}
