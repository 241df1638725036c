namespace Evenhand.Learning.Recommendation;

/// <summary>The rows of each user (or item), in row order: a counting sort of the rows by code.</summary>
public sealed class EntityIndex
{
    private readonly int[] _starts;

    private EntityIndex(int[] starts, int[] rows)
    {
        _starts = starts;
        Rows = rows;
    }

    /// <summary>Row numbers, grouped by code.</summary>
    public int[] Rows { get; }

    /// <summary>Row numbers of a code, ascending.</summary>
    /// <param name="code">The code; not negative.</param>
    public ReadOnlySpan<int> RowsOf(int code) => Rows.AsSpan(_starts[code].._starts[code + 1]);

    /// <summary>Sorts rows by code.</summary>
    /// <param name="codes">Code of each row, below <paramref name="count"/>; rows with a negative one are left
    /// out.</param>
    /// <param name="others">The other side's code of each row; rows with a negative one are left out.</param>
    /// <param name="count">Number of codes.</param>
    public static EntityIndex Of(ReadOnlySpan<int> codes, ReadOnlySpan<int> others, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(others.Length, codes.Length, nameof(others));
        var starts = new int[count + 1];
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0 && others[row] >= 0)
            {
                starts[codes[row] + 1]++;
            }
        }

        for (var code = 0; code < count; code++)
        {
            starts[code + 1] += starts[code];
        }

        var next = starts.AsSpan(0, count).ToArray();
        var rows = new int[starts[count]];
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0 && others[row] >= 0)
            {
                rows[next[codes[row]]++] = row;
            }
        }

        return new EntityIndex(starts, rows);
    }
}
