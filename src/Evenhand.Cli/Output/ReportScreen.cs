using Evenhand.Experiments.Reports;
using Evenhand.Experiments.Tables;

namespace Evenhand.Cli.Output;

/// <summary>Prints a report. Tables are fitted to the width of the screen: first the last column is cut, then the
/// narrower form is taken. Figures are for the page.</summary>
internal static class ReportScreen
{
    private const int Gap = 3;
    private const int LeastForLast = 16;

    public static void Write(TextWriter output, Report report)
    {
        foreach (var section in report.Sections)
        {
            if (section.Title.Length > 0 && section is not FigureSection)
            {
                output.WriteLine(section.Title);
            }

            switch (section)
            {
                case TextSection text:
                    foreach (var paragraph in text.Paragraphs)
                    {
                        output.WriteLine(paragraph);
                    }

                    break;
                case TableSection table:
                    Write(output, table);
                    break;
            }
        }
    }

    private static void Write(TextWriter output, TableSection section)
    {
        var room = ConsoleTable.Width(output);
        var table = section.Table;
        var widths = Widths(table);
        if (widths[..^1].Sum() > room)
        {
            table = section.Narrow;
            widths = Widths(table);
        }

        var left = room - widths[..^1].Sum() - Gap;
        var columns = left < LeastForLast ? table.Columns.Count - 1 : table.Columns.Count;
        ConsoleTable.Write(
            output,
            [.. table.Columns.Take(columns).Select(c => (Heading(c.Title), c.AlignRight))],
            table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Take(columns).Select((cell, i) =>
                i == row.Count - 1 && cell.Length > left ? cell[..(left - 3)] + "..." : cell)]));
    }

    // A heading may be longer than its figures: it is broken before the group and after its first words.
    private static string Heading(string title) => title
        .Replace("(", "\n(", StringComparison.Ordinal)
        .Replace("test ", "test\n", StringComparison.Ordinal)
        .Replace(" of ", " of\n", StringComparison.Ordinal);

    private static int[] Widths(TextTable table) =>
    [
        .. table.Columns.Select((column, i) => Gap + table.Rows.Select(row => row[i].Length)
            .Concat(Heading(column.Title).Split('\n').Select(line => line.Length)).Max()),
    ];
}
