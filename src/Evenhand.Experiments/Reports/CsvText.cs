using System.Globalization;
using System.Text;

namespace Evenhand.Experiments;

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
        var text = new StringBuilder();
        text.AppendJoin(',', heading.Select(Quote)).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(cell => Quote(Text(cell)))).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Text(object cell) =>
        cell is double number ? number.ToString("R", CultureInfo.InvariantCulture) : (string)cell;

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
