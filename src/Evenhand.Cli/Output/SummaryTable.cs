using System.Globalization;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;
using Evenhand.Data.Summary;

namespace Evenhand.Cli.Output;

/// <summary>Prints what is in a data set.</summary>
internal static class SummaryTable
{
    /// <summary>Prints a data set that was read as its descriptor says.</summary>
    public static void Write(TextWriter output, DatasetDescriptor descriptor, DatasetSummary summary, LoadReport report)
    {
        WriteCounts(output, descriptor.Title, summary);
        if (report.RowsFiltered > 0)
        {
            WriteNote(output, "filters", $"{Count(report.RowsFiltered)} of {Count(report.RowsRead)} rows left out");
        }

        WriteNote(output, "what", descriptor.Description);
        WriteNote(output, "page", descriptor.Homepage ?? "");
        WriteNote(output, "cite", descriptor.Citation);
        WriteNote(output, "terms", descriptor.Licence);
        WriteLabel(output, summary);
        foreach (var trap in descriptor.Traps)
        {
            WriteNote(output, "note", trap);
        }

        foreach (var variant in descriptor.Variants)
        {
            WriteNote(output, "variant", $"{variant.Name}: {variant.Title}");
        }

        WriteColumns(output, summary);
    }

    /// <summary>Prints a data set that has no descriptor.</summary>
    public static void Write(TextWriter output, string title, string description, DatasetSummary summary)
    {
        WriteCounts(output, title, summary);
        WriteNote(output, "what", description);
        WriteLabel(output, summary);
        WriteColumns(output, summary);
    }

    private static void WriteCounts(TextWriter output, string title, DatasetSummary summary)
    {
        output.WriteLine($"{title} ({summary.Name})");
        output.WriteLine(Count(summary.Rows) + " rows"
            + (summary.Users is { } users ? $", {Count(users)} users" : "")
            + (summary.Items is { } items ? $", {Count(items)} items" : "")
            + (summary.Density is { } density ? $", density {Density(density)}" : ""));
    }

    private static void WriteLabel(TextWriter output, DatasetSummary summary)
    {
        if (summary.Label is { Mean: null, Values.Count: > 0 } label)
        {
            WriteNote(output, "label", $"{label.Name}: "
                + string.Join(", ", label.Values.Select(value => $"{value.Value} {Count(value.Count)}")));
        }
    }

    private static void WriteColumns(TextWriter output, DatasetSummary summary)
    {
        ConsoleTable.Write(
            output,
            [
                ("column", false), ("of", false), ("kind", false), ("roles", false), ("missing", true),
                ("distinct", true), ("min", true), ("mean", true), ("max", true),
            ],
            summary.Columns.Select(c => (IReadOnlyList<string>)
            [
                c.Name, Side(c.Side), c.Kind, c.Roles == ColumnRoles.None ? "" : c.Roles.ToString().ToLowerInvariant(),
                Count(c.Missing), Count(c.Distinct), Number(c.Min), Number(c.Mean), Number(c.Max),
            ]));
        foreach (var attribute in summary.Groups)
        {
            WriteGroups(output, attribute);
        }
    }

    private static void WriteNote(TextWriter output, string name, string text)
    {
        if (text.Length > 0)
        {
            output.WriteLine($"{name}: {text.ReplaceLineEndings(" ").TrimEnd()}");
        }
    }

    private static void WriteGroups(TextWriter output, GroupAttributeSummary attribute)
    {
        var withMissing = attribute.Groups
            .SelectMany(g => g.Missing).Where(m => m.Value > 0).Select(m => m.Key).Distinct().ToArray();
        var members = attribute.Side == GroupSide.Row ? [] : new[] { (Side(attribute.Side) + "s", true) };
        var rows = attribute.Groups.Select(g => (IReadOnlyList<string>)
        [
            g.Name,
            .. attribute.Side == GroupSide.Row ? Array.Empty<string>() : [Count(g.Members)],
            Count(g.Rows),
            Share(g.RowShare),
            Number(g.LabelMean),
            .. withMissing.Select(c => Share(g.Missing.GetValueOrDefault(c))),
        ]);
        ConsoleTable.Write(
            output,
            [
                (attribute.Name, false), .. members, ("rows", true), ("share", true), ("label mean", true),
                .. withMissing.Select(c => ($"missing {c}", true)),
            ],
            rows);
        if (attribute.UnknownRows > 0)
        {
            output.WriteLine($"{attribute.Name} is unknown for {Count(attribute.UnknownRows)} rows");
        }
    }

    private static string Side(GroupSide side) => side.ToString().ToLowerInvariant();

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    // To two digits: most sets of interactions are far emptier than a tenth of a percent.
    private static string Density(double density)
    {
        if (density is 0 or >= 0.01)
        {
            return Share(density);
        }

        var digits = (100 * density).ToString("E1", CultureInfo.InvariantCulture);
        var percent = decimal.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return percent.ToString(CultureInfo.InvariantCulture) + " %";
    }

    private static string Number(double? number) =>
        number is { } value && !double.IsNaN(value) ? value.ToString("G5", CultureInfo.InvariantCulture) : "";
}
