using Evenhand.Experiments.Leaderboards;

namespace Evenhand.Cli.Output;

/// <summary>Fits a leaderboard to the width of the screen: first the parameters are cut, then the bounds go.</summary>
internal static class LeaderboardScreen
{
    private const int Gap = 3;
    private const int LeastForParameters = 16;

    /// <summary>Prints the table and returns how many trials it holds.</summary>
    public static int Write(TextWriter output, Leaderboard leaderboard, int? top, bool everyMetric)
    {
        var room = ConsoleTable.Width(output);
        var table = LeaderboardTable.ForReading(leaderboard, top, everyMetric);
        var widths = Widths(table);
        if (widths[..^1].Sum() > room)
        {
            table = LeaderboardTable.ForReading(leaderboard, top, everyMetric, bounds: false);
            widths = Widths(table);
        }

        var left = room - widths[..^1].Sum() - Gap;
        var columns = left < LeastForParameters ? table.Columns.Count - 1 : table.Columns.Count;
        ConsoleTable.Write(
            output,
            [.. table.Columns.Take(columns).Select(c => (Heading(c.Title), c.AlignRight))],
            table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Take(columns).Select((cell, i) =>
                i == row.Count - 1 && cell.Length > left ? cell[..(left - 3)] + "..." : cell)]));
        return table.Rows.Count;
    }

    // A heading may be longer than its figures: it is broken before the group and after its first words.
    private static string Heading(string title) => title
        .Replace("(", "\n(", StringComparison.Ordinal)
        .Replace("test ", "test\n", StringComparison.Ordinal)
        .Replace(" of ", " of\n", StringComparison.Ordinal);

    private static int[] Widths(LeaderboardTable table) =>
    [
        .. table.Columns.Select((column, i) => Gap + table.Rows.Select(row => row[i].Length)
            .Concat(Heading(column.Title).Split('\n').Select(line => line.Length)).Max()),
    ];
}
