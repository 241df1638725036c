using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Loading;

namespace Evenhand.Data.Splits;

/// <summary>An order of rows, and chance for them, that depend on what the rows hold and not on how they were
/// ordered.</summary>
/// <remarks>A row is known by its key: its user, item and time, and its text unless it has both a user and an item;
/// without any of these by all columns that were read but the label. Rows of one key stand in the order of hashes of
/// all that they hold and are counted, so that repeated purchases are dealt out one by one. Rows that are equal in
/// everything can change places without anyone seeing it.</remarks>
internal sealed class RowOrder
{
    private readonly ulong[] _identities;

    private RowOrder(int[] rows, ulong[] identities)
    {
        Rows = rows;
        _identities = identities;
    }

    /// <summary>All rows, in the order.</summary>
    public int[] Rows { get; }

    /// <summary>The order of the rows of some data.</summary>
    public static RowOrder Of(Dataset data)
    {
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        var keys = RowHashes.Of(Keys(data), rows);
        Array.Sort(keys, rows);
        var segments = new List<(int Start, int Length)>();
        for (int start = 0, end; start < rows.Length; start = end)
        {
            for (end = start + 1; end < rows.Length && keys[end] == keys[start]; end++)
            {
            }

            segments.Add((start, end - start));
        }

        SortEqualKeys(data, rows, segments.Where(s => s.Length > 1).ToArray());
        var identities = new ulong[rows.Length];
        foreach (var (start, length) in segments)
        {
            for (var number = 0; number < length; number++)
            {
                identities[start + number] = RowHashes.Combine(keys[start], (ulong)number);
            }
        }

        return new RowOrder(rows, identities);
    }

    /// <summary>The rows at random.</summary>
    /// <param name="seed">Another seed gives another order.</param>
    public int[] Shuffled(ulong seed)
    {
        var shuffled = Rows.ToArray();
        var places = Array.ConvertAll(_identities, identity => SeedTree.Mix(identity ^ seed));
        Array.Sort(places, shuffled);
        return shuffled;
    }

    private static void SortEqualKeys(Dataset data, int[] rows, (int Start, int Length)[] segments)
    {
        int[] tied = [.. segments.SelectMany(s => rows[s.Start..(s.Start + s.Length)])];
        var contents = RowHashes.Of(Contents(data), tied).AsSpan();
        foreach (var (start, length) in segments)
        {
            contents[..length].Sort(rows.AsSpan(start, length));
            contents = contents[length..];
        }
    }

    private static Column[] Keys(Dataset data)
    {
        Column?[] named =
        [
            data.UserColumn,
            data.ItemColumn,
            data.Time,
            data.UserColumn is null || data.ItemColumn is null ? data.Text : null,
        ];
        var keys = named.OfType<Column>().ToArray();
        return keys.Length > 0 ? keys :
        [
            .. data.Rows.Columns
                .Where(c => c != data.Label && data.Derivation?.FindComputed(GroupSide.Row, c.Name) is null)
                .OrderBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<Column> Contents(Dataset data) => data.Rows.Columns
        .Concat(data.Derivation?.Describing.Select(d => d.Column) ?? [])
        .Concat(data.Groups.Where(g => g.Side == GroupSide.Row).Select(g => g.Column))
        .OrderBy(c => c.Name, StringComparer.Ordinal);
}
