using System.Globalization;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Metrics;
using Evenhand.Metrics.Catalogue;

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
        // Groups of items have other figures than groups of rows and users.
        foreach (var names in metrics.Keys.GroupBy(IsOfItems).OrderBy(kind => kind.Key).Select(kind => kind.ToArray()))
        {
            WritePopulations(output, title, names, metrics, groups);
        }

        if (fairness.Count > 0)
        {
            ConsoleTable.Write(
                output,
                [($"{title}, fairness", false), ("value", false)],
                fairness.Select(f => (IReadOnlyList<string>)[f.Key, LeaderboardTable.Figure(f.Value)]));
        }
    }

    private static bool IsOfItems(string name) => MetricCatalogue.BuiltIn.TryGet(name, out var metric) && metric.OfItems;

    private static void WritePopulations(
        TextWriter output,
        string title,
        string[] names,
        IReadOnlyDictionary<string, MetricValue> metrics,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, GroupFigures>> groups)
    {
        var rows = new List<IReadOnlyList<string>> { Row("all", "", metrics) };
        foreach (var (attribute, members) in groups)
        {
            foreach (var (group, figures) in members.Where(member => names.Any(member.Value.Values.ContainsKey)))
            {
                var count = figures.Count.ToString("N0", CultureInfo.InvariantCulture);
                rows.Add(Row(
                    $"{attribute} = {group}", figures.BelowMinimum ? $"{count} (too few)" : count, figures.Values));
            }
        }

        ConsoleTable.Write(output, [(title, false), ("count", true), .. names.Select(n => (n, false))], rows);

        IReadOnlyList<string> Row(string population, string count, IReadOnlyDictionary<string, MetricValue> figures) =>
        [
            population,
            count,
            .. names.Select(n => figures.TryGetValue(n, out var f) ? LeaderboardTable.Figure(f) : "-"),
        ];
    }
}
