using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Experiments.Tasks;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Exporting;

/// <summary>The rows of a part of the split, and what is known of users and items, as tables of texts and
/// numbers.</summary>
/// <remarks>Columns of the source keep their names and the values that were read; one that bears the name of a column
/// of ours is written as <c>source:NAME</c>. Missing values are empty.</remarks>
internal static class PartTables
{
    /// <summary>Each row of a part: <c>row</c> (its number in the part, from 1), <c>label</c> and <c>weight</c> where
    /// there are such, <c>group:ATTRIBUTE</c> for each attribute, several groups with <c>|</c> between them, and the
    /// columns of the source.</summary>
    public static ExportTable Rows(Dataset part)
    {
        var label = part.Label;
        var weight = part.Weight;
        var groups = part.Groups.Select(g => RowTarget.Codes(g, part.GroupCodes(g))).ToArray();
        string[] own =
        [
            "row",
            .. label is null ? Array.Empty<string>() : ["label"],
            .. weight is null ? Array.Empty<string>() : ["weight"],
            .. groups.Select(g => $"group:{g.Attribute}"),
        ];
        return new ExportTable(
            [.. own, .. Named(part.Rows.Columns, own)],
            Enumerable.Range(0, part.RowCount).Select(row => (IReadOnlyList<object>)
            [
                (double)(row + 1),
                .. label is null ? Array.Empty<object>() : [Cell(label, row)],
                .. weight is null ? Array.Empty<object>() : [Cell(weight, row)],
                .. groups.Select(g => GroupsOf(g, row)),
                .. part.Rows.Columns.Select(column => Cell(column, row)),
            ]));
    }

    /// <summary>Each user: <c>user</c>, its groups, and what the source says of it; null where there are no
    /// users.</summary>
    public static ExportTable? Users(Dataset data) =>
        data.UserColumn is { } users ? Entities(data, "user", users.Vocabulary, GroupSide.User, data.Users) : null;

    /// <summary>Each item, likewise.</summary>
    public static ExportTable? Items(Dataset data) =>
        data.ItemColumn is { } items ? Entities(data, "item", items.Vocabulary, GroupSide.Item, data.Items) : null;

    private static ExportTable Entities(Dataset data, string key, Vocabulary names, GroupSide side, Table? known)
    {
        var groups = data.Groups.Where(g => g.Side == side)
            .Select(g => RowTarget.Codes(g, g.Column.Codes.ToArray())).ToArray();
        var columns = known?.Columns ?? [];
        string[] own = [key, .. groups.Select(g => $"group:{g.Attribute}")];
        return new ExportTable(
            [.. own, .. Named(columns, own)],
            Enumerable.Range(0, names.Count).Select(code => (IReadOnlyList<object>)
            [
                names[code], .. groups.Select(g => GroupsOf(g, code)), .. columns.Select(column => Cell(column, code)),
            ]));
    }

    private static IEnumerable<string> Named(IEnumerable<Column> columns, string[] own) =>
        columns.Select(column => own.Contains(column.Name) ? $"source:{column.Name}" : column.Name);

    private static string Cell(Column column, int row) => column.Format(row) ?? "";

    private static string GroupsOf(GroupCodes attribute, int row)
    {
        var code = attribute.Codes[row];
        return code < 0 ? ""
            : attribute.GroupsOfCode is { } several ? string.Join('|', several[code].Select(g => attribute.Groups[g]))
            : attribute.Groups[code];
    }
}

/// <summary>A table that is written row by row.</summary>
/// <param name="Heading">Names of the columns.</param>
/// <param name="Rows">Texts and numbers (double).</param>
internal sealed record ExportTable(IReadOnlyList<string> Heading, IEnumerable<IReadOnlyList<object>> Rows);
