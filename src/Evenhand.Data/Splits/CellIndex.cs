namespace Evenhand.Data.Splits;

/// <summary>Rows gathered by cell (user, or groups crossed with label), in a given order within each cell.</summary>
internal sealed class CellIndex
{
    private readonly int[] _starts;
    private readonly int[] _rows;

    /// <summary>Gathers the rows in one counting pass; rows of cell -1 are left out.</summary>
    /// <param name="cells">Cell of each row, or -1.</param>
    /// <param name="count">Number of cells.</param>
    /// <param name="order">All rows, in the order that they shall keep within their cell.</param>
    public CellIndex(ReadOnlySpan<int> cells, int count, ReadOnlySpan<int> order)
    {
        _starts = new int[count + 1];
        foreach (var cell in cells)
        {
            if (cell >= 0)
            {
                _starts[cell + 1]++;
            }
        }

        for (var cell = 0; cell < count; cell++)
        {
            _starts[cell + 1] += _starts[cell];
        }

        _rows = new int[_starts[count]];
        var next = _starts[..count];
        foreach (var row in order)
        {
            if (cells[row] >= 0)
            {
                _rows[next[cells[row]]++] = row;
            }
        }
    }

    /// <summary>Number of cells.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The rows of a cell, in order.</summary>
    public ReadOnlySpan<int> this[int cell] => _rows.AsSpan(_starts[cell].._starts[cell + 1]);
}
