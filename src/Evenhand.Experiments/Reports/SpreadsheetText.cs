using System.Globalization;

namespace Evenhand.Experiments;

/// <summary>Texts for cells of a spreadsheet.</summary>
internal static class SpreadsheetText
{
    /// <summary>A text that no spreadsheet takes for a formula: one that begins as formulas do gets an apostrophe before
    /// it. A number stays a number, whatever its sign.</summary>
    /// <remarks>OWASP, CSV Injection: <c>= + - @</c>, tab and line ends, and the full-width forms that some programs take
    /// for the signs.</remarks>
    public static string Inert(string cell) =>
        cell.Length > 0
        && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20'
        && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? $"'{cell}"
            : cell;
}
