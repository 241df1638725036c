namespace Evenhand.Data.Tests.Reading;

/// <summary>Tables as text, to compare them.</summary>
internal static class TableText
{
    /// <summary>The values of a column, with <c>-</c> for a missing one.</summary>
    public static string Of(Table table, string column) => string.Join(
        '|', Enumerable.Range(0, table.RowCount).Select(row => table[column].Format(row) ?? "-"));

    /// <summary>All values of all columns.</summary>
    public static string Of(Table table) =>
        string.Join('\n', table.Columns.Select(c => $"{c.GetType().Name} {c.Name} {c.Roles}: {Of(table, c.Name)}"));
}
