using System.Globalization;

namespace Evenhand.Experiments.Tables;

/// <summary>Writes comma-separated values (RFC 4180) as they are, for programs; what people open in a spreadsheet goes
/// through <see cref="SpreadsheetText"/> before.</summary>
public static class CsvText
{
    /// <summary>A heading and rows of texts and numbers (double), each ended by CR LF; cells are quoted where they must
    /// be.</summary>
    public static string Write(IEnumerable<string> heading, IEnumerable<IReadOnlyList<object>> rows)
    {
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(rows);
        using var text = new StringWriter();
        Write(text, heading, rows);
        return text.ToString();
    }

    /// <summary>The same, row by row.</summary>
    public static void Write(
        TextWriter writer, IEnumerable<string> heading, IEnumerable<IReadOnlyList<object>> rows)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(heading);
        ArgumentNullException.ThrowIfNull(rows);
        WriteRow(heading.Select(Quote));
        foreach (var row in rows)
        {
            WriteRow(row.Select(cell => Quote(Text(cell))));
        }

        void WriteRow(IEnumerable<string> cells)
        {
            writer.Write(string.Join(',', cells));
            writer.Write("\r\n");
        }
    }

    private static string Text(object cell) =>
        cell is double number ? number.ToString("R", CultureInfo.InvariantCulture) : (string)cell;

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
