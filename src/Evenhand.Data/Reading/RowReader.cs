namespace Evenhand.Data.Reading;

/// <summary>Reads a file row by row; a row is a list of fields of UTF-8 bytes, an empty one where a value is
/// missing.</summary>
public abstract class RowReader : IDisposable
{
    /// <summary>Names of the columns as the file gives them, or null where it has no header.</summary>
    public IReadOnlyList<string>? Header { get; protected set; }

    /// <summary>Number of fields of the row.</summary>
    public abstract int FieldCount { get; }

    /// <summary>The line at which the row starts, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>What is wrong with the row as a whole, or null.</summary>
    public string? Fault { get; protected set; }

    /// <summary>Where it is.</summary>
    public (long Line, long Column) FaultPlace { get; protected set; }

    /// <summary>Goes to the next row, with <see cref="Fault"/> set or null.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">The file is packed and damaged or cut short.</exception>
    public abstract bool Read();

    /// <summary>A field; valid until the next <see cref="Read"/>.</summary>
    public abstract ReadOnlySpan<byte> Field(int index);

    /// <summary>Where a field starts.</summary>
    public abstract (long Line, long Column) PlaceOf(int index);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Names for header cells: a repeated cell is numbered, an empty one is named by its position.</summary>
    private protected static IReadOnlyList<string> NameCells(IEnumerable<string> cells)
    {
        var names = new List<string>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var cell in cells)
        {
            var name = cell.Length == 0 ? $"column-{names.Count + 1}" : cell;
            var times = seen[name] = seen.GetValueOrDefault(name) + 1;
            names.Add(times == 1 ? name : $"{name}.{times}");
        }

        return names;
    }

    /// <summary>The message for bytes that are not UTF-8.</summary>
    private protected static string InvalidEncoding(byte value) =>
        $"byte 0x{value:X2} is not UTF-8; if the file is in ISO-8859-1, say so with the key or option 'encoding'.";
}
