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
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (title, alignRight) in columns)
        {
            var column = new TableColumn(new Text(Printable.Text(title), new Style(decoration: Decoration.Bold)));
            table.AddColumn(alignRight ? column.RightAligned() : column);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Printable.Line(cell))));
        }

        Console(output).Write(table);
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
