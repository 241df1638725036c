using Evenhand.Configuration.Randomness;

namespace Evenhand.Data.Simulation;

/// <summary>Draws items in proportion to weights that change, each at most once until it is put back.</summary>
/// <remarks>A binary indexed tree (Fenwick 1994): drawing and changing a weight take time logarithmic in the number of
/// items.</remarks>
internal sealed class ExposureSampler
{
    private readonly double[] _weights;
    private readonly double[] _tree;
    private readonly bool[] _drawn;
    private readonly int _top;
    private double _total;

    /// <summary>All items to draw from.</summary>
    public ExposureSampler(ReadOnlySpan<double> weights)
    {
        _weights = weights.ToArray();
        _tree = new double[weights.Length + 1];
        _drawn = new bool[weights.Length];
        _top = 1 << (31 - int.LeadingZeroCount(weights.Length));
        Rebuild();
    }

    /// <summary>Draws an item and takes it out.</summary>
    public int Draw(SeededRandom random)
    {
        var wanted = random.NextDouble() * _total;
        var position = 0;
        for (var step = _top; step > 0; step >>= 1)
        {
            var next = position + step;
            if (next < _tree.Length && _tree[next] <= wanted)
            {
                position = next;
                wanted -= _tree[next];
            }
        }

        // Rounding errors can lead to an item that is out already, or past the end: take the next one that is left.
        var item = position % _weights.Length;
        while (_drawn[item])
        {
            item = (item + 1) % _weights.Length;
        }

        _drawn[item] = true;
        Add(item, -_weights[item]);
        return item;
    }

    /// <summary>Puts a drawn item back with more weight.</summary>
    public void PutBack(int item, double more)
    {
        _drawn[item] = false;
        _weights[item] += more;
        Add(item, _weights[item]);
    }

    /// <summary>Sums the weights anew, which removes the rounding errors of many changes. No item may be out.</summary>
    public void Rebuild()
    {
        Array.Clear(_tree);
        _total = 0;
        for (var i = 1; i < _tree.Length; i++)
        {
            _tree[i] += _weights[i - 1];
            _total += _weights[i - 1];
            var parent = i + (i & -i);
            if (parent < _tree.Length)
            {
                _tree[parent] += _tree[i];
            }
        }
    }

    private void Add(int item, double change)
    {
        _total += change;
        for (var i = item + 1; i < _tree.Length; i += i & -i)
        {
            _tree[i] += change;
        }
    }
}
