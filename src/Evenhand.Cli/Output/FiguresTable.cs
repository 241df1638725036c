using System.Globalization;
using Evenhand.Experiments;
using Evenhand.Metrics;

namespace Evenhand.Cli.Output;

/// <summary>Prints figures with bounds: one row a population (all, then each group), then the gaps.</summary>
internal static class FiguresTable
{
    public static void Write(
        TextWriter output,
        string title,
        IReadOnlyDictionary<string, MetricValue> metrics,
        IReadOnlyDictionary<string, MetricValue> fairness,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, GroupFigures>> groups)
    {
        var names = metrics.Keys.ToArray();
        var rows = new List<IReadOnlyList<string>> { Row("all", "", metrics) };
        foreach (var (attribute, members) in groups)
        {
            foreach (var (group, figures) in members)
            {
                var count = figures.Count.ToString("N0", CultureInfo.InvariantCulture);
                rows.Add(Row(
                    $"{attribute} = {group}", figures.BelowMinimum ? $"{count} (too few)" : count, figures.Values));
            }
        }

        ConsoleTable.Write(output, [(title, false), ("count", true), .. names.Select(n => (n, false))], rows);
        if (fairness.Count > 0)
        {
            ConsoleTable.Write(
                output,
                [($"{title}, fairness", false), ("value", false)],
                fairness.Select(f => (IReadOnlyList<string>)[f.Key, LeaderboardTable.Figure(f.Value)]));
        }

        IReadOnlyList<string> Row(string population, string count, IReadOnlyDictionary<string, MetricValue> figures) =>
        [
            population,
            count,
            .. names.Select(n => figures.TryGetValue(n, out var f) ? LeaderboardTable.Figure(f) : "-"),
        ];
    }
}
