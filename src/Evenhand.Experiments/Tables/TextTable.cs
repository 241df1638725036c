using System.Text;

namespace Evenhand.Experiments.Tables;

/// <summary>A table of texts: what a terminal, Markdown, CSV and a page show alike.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, each with as many cells as there are columns.</param>
public sealed record TextTable(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>A GitHub-flavoured Markdown table.</summary>
    public string ToMarkdown()
    {
        static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", Columns.Select(c => Escape(c.Title))).Append(" |\n");
        text.Append('|').AppendJoin('|', Columns.Select(c => c.AlignRight ? "---:" : "---")).Append("|\n");
        foreach (var row in Rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(Escape)).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>Comma-separated values with a header (RFC 4180); people open them in a spreadsheet, which takes no cell
    /// for a formula (<see cref="SpreadsheetText"/>).</summary>
    public string ToCsv() => CsvText.Write(
        Columns.Select(c => SpreadsheetText.Inert(c.Title)),
        Rows.Select(row => (IReadOnlyList<object>)[.. row.Select(SpreadsheetText.Inert)]));
}

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="AlignRight">Whether its cells are numbers to be aligned at their right.</param>
public sealed record TableColumn(string Title, bool AlignRight = false);
