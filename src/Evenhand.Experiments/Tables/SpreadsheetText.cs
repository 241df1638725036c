using System.Globalization;

namespace Evenhand.Experiments.Tables;

/// <summary>Texts for cells of a spreadsheet.</summary>
internal static class SpreadsheetText
{
    private const string Signs = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>A text that no spreadsheet takes for a formula: one that begins as formulas do gets an apostrophe
    /// before it. A number stays a number, whatever its sign.</summary>
    /// <remarks>OWASP, CSV Injection: <c>= + - @</c>, tab and line ends, and the full-width forms that some programs
    /// take for the signs.</remarks>
    public static string Inert(string cell) =>
        cell.Length > 0
        && Signs.Contains(cell[0], StringComparison.Ordinal)
        && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? $"'{cell}"
            : cell;
}
