using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums over rows of vectors that are mostly zero: row after row the cells that are not, and what they
/// add.</summary>
internal sealed class SparseSums
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _units = [];
    private readonly List<int> _cells = [];
    private readonly List<double> _values = [];

    // The vector of the row at hand, and its cells that are not zero.
    private readonly double[] _row;
    private readonly List<int> _touched = [];

    public SparseSums(int length) => _row = new double[length];

    /// <summary>Adds to a cell of the row at hand.</summary>
    public void Add(int cell, double value)
    {
        if (_row[cell] == 0)
        {
            _touched.Add(cell);
        }

        _row[cell] += value;
    }

    /// <summary>Ends the row at hand, which belongs to that unit.</summary>
    public void EndRow(int unit)
    {
        foreach (var cell in _touched)
        {
            // A cell that went back to zero on the way may be noted twice; it is read once.
            if (_row[cell] != 0)
            {
                _cells.Add(cell);
                _values.Add(_row[cell]);
                _row[cell] = 0;
            }
        }

        _touched.Clear();
        _units.Add(unit);
        _starts.Add(_cells.Count);
    }

    /// <summary>The sums of a resample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sum(Resample resample, Span<double> sums)
    {
        sums.Clear();
        var drawn = resample.UnitWeights;
        var starts = CollectionsMarshal.AsSpan(_starts);
        var units = CollectionsMarshal.AsSpan(_units);
        var cells = CollectionsMarshal.AsSpan(_cells);
        var values = CollectionsMarshal.AsSpan(_values);
        for (var row = 0; row < units.Length; row++)
        {
            var times = drawn[units[row]];
            if (times == 0)
            {
                continue;
            }

            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                sums[cells[i]] += times * values[i];
            }
        }
    }
}
