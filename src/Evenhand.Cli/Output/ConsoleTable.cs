using Spectre.Console;

namespace Evenhand.Cli.Output;

/// <summary>Prints tables to a writer: as wide as the terminal, or as wide as they are where the output is not
/// one.</summary>
internal static class ConsoleTable
{
    private const int UnboundedWidth = 4000;

    /// <summary>Prints a table with a heading row.</summary>
    public static void Write(
        TextWriter output,
        IReadOnlyList<(string Title, bool AlignRight)> columns,
        IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] cells =
        [
            .. rows.Prepend([.. columns.Select(column => column.Title)])
                .Select(row => (IReadOnlyList<string>)[.. row.Select(Printable.Line)]),
        ];
        if (ScreenWriter.IsTerminal(output))
        {
            WriteToTerminal(output, columns, cells);
        }
        else
        {
            WriteAsWideAsItIs(ScreenWriter.Beneath(output), columns, cells);
        }
    }

    private static void WriteToTerminal(
        TextWriter output, IReadOnlyList<(string Title, bool AlignRight)> columns, IReadOnlyList<string>[] rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (i, title) in rows[0].Index())
        {
            var column = new TableColumn(new Text(title, new Style(decoration: Decoration.Bold)));
            table.AddColumn(columns[i].AlignRight ? column.RightAligned() : column);
        }

        foreach (var row in rows.Skip(1))
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        Console(output).Write(table);
    }

    // The same without a terminal's width to keep to, line by line: thousands of rows need no more room than their
    // text.
    private static void WriteAsWideAsItIs(
        TextWriter output, IReadOnlyList<(string Title, bool AlignRight)> columns, IReadOnlyList<string>[] rows)
    {
        int[] widths = [.. columns.Select((_, i) => rows.Max(row => row[i].GetCellWidth()))];
        output.WriteLine();
        var rule = new string('\u2500', widths.Sum(width => width + 3) + 1);
        foreach (var (i, row) in rows.Index())
        {
            output.WriteLine("  " + string.Join("   ", row.Select(Padded)).TrimEnd());
            if (i == 0)
            {
                output.WriteLine(rule);
            }
        }

        output.WriteLine();

        string Padded(string cell, int column)
        {
            var blanks = new string(' ', widths[column] - cell.GetCellWidth());
            return columns[column].AlignRight ? blanks + cell : cell + blanks;
        }
    }

    /// <summary>Prints a paragraph, of parts that are <see cref="Printable"/>, and ends its line; with its colours
    /// where the terminal has such.</summary>
    public static void WriteParagraph(TextWriter output, Paragraph paragraph)
    {
        Console(output).Write(paragraph);
        output.WriteLine();
    }

    /// <summary>Columns of the terminal; as many as anything needs where the output is not one.</summary>
    public static int Width(TextWriter output) =>
        ScreenWriter.IsTerminal(output) ? Console(output).Profile.Width : UnboundedWidth;

    private static IAnsiConsole Console(TextWriter output)
    {
        var terminal = ScreenWriter.IsTerminal(output);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(ScreenWriter.Beneath(output)),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        if (!terminal)
        {
            console.Profile.Width = UnboundedWidth;
        }

        return console;
    }
}
