using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Loading;

/// <summary>Makes the tables of users and items: one row for each user or item that the rows name.</summary>
internal static class EntityTables
{
    /// <summary>What is known of the users or items.</summary>
    /// <param name="key">The user or item column of the rows.</param>
    /// <param name="side">Users or items.</param>
    /// <param name="known">The side table, with a column of the same role as its key, or null.</param>
    /// <param name="descriptor">The columns of the rows, of which some describe the entity.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="notes">Takes what one should know of the join.</param>
    /// <returns>Row <c>i</c> describes the entity of code <c>i</c>; null where nothing is known.</returns>
    public static Table? Build(
        CategoricalColumn key,
        GroupSide side,
        Table? known,
        TableDescriptor descriptor,
        Table rows,
        List<string> notes)
    {
        var columns = new List<Column>();
        if (known is not null)
        {
            var role = side == GroupSide.User ? ColumnRoles.User : ColumnRoles.Item;
            var knownKey = (CategoricalColumn)known.Find(role)!;
            var rowOf = Match(key, knownKey, side, notes);
            columns.AddRange(known.Columns.Where(c => c != knownKey).Select(c => ColumnOperations.Gather(c, rowOf)));
        }

        foreach (var column in descriptor.Columns.Where(c => c.Describes == side && c.Type != ColumnType.Skip))
        {
            columns.Add(Promote(key, rows[column.Name]));
        }

        return columns.Count == 0 ? null : new Table(columns);
    }

    // The row of the side table for each entity; the first where there are several, -1 where there is none.
    private static int[] Match(CategoricalColumn key, CategoricalColumn knownKey, GroupSide side, List<string> notes)
    {
        var name = side == GroupSide.User ? "users" : "items";
        var map = knownKey.Vocabulary.MapTo(key.Vocabulary);
        var rowOf = new int[key.Vocabulary.Count];
        Array.Fill(rowOf, -1);
        var repeated = 0;
        for (var row = 0; row < knownKey.Length; row++)
        {
            var entity = knownKey.Codes[row] < 0 ? Vocabulary.Missing : map[knownKey.Codes[row]];
            if (entity < 0)
            {
                continue;
            }

            if (rowOf[entity] < 0)
            {
                rowOf[entity] = row;
            }
            else
            {
                repeated++;
            }
        }

        var unknown = rowOf.Count(row => row < 0);
        if (unknown == rowOf.Length && rowOf.Length > 0 && knownKey.Length > 0)
        {
            throw new InputException(
                $"none of the {rowOf.Length} {name} of the rows (such as '{key.Vocabulary[0]}') is in the table of "
                + $"{name} (which has such as '{knownKey.Format(0)}'): the keys do not match.");
        }

        if (unknown > 0)
        {
            notes.Add($"{unknown} of {rowOf.Length} {name} have no row in the table of {name}.");
        }

        if (repeated > 0)
        {
            notes.Add($"{repeated} rows of the table of {name} repeat a key; the first row counts.");
        }

        return rowOf;
    }

    private static Column Promote(CategoricalColumn key, Column column)
    {
        var rowOf = new int[key.Vocabulary.Count];
        Array.Fill(rowOf, -1);
        DescribedEntities.FindRows(key, column, [.. Enumerable.Range(0, key.Length)], rowOf);
        return ColumnOperations.Gather(column, rowOf);
    }
}
