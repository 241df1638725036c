using Evenhand.Data.Columns;

namespace Evenhand.Data.Loading;

/// <summary>Finds what rows say of their users or items.</summary>
internal static class DescribedEntities
{
    /// <summary>Finds for each user or item a row with the value that most of its rows have; of values that as many
    /// have, the first in order. Which rows those are does not hang on the order of the rows.</summary>
    /// <param name="key">The user or item of each row.</param>
    /// <param name="column">What the rows say.</param>
    /// <param name="rows">The rows that are looked at.</param>
    /// <param name="rowOf">By code: where it is -1, takes the row; it stays -1 where no row has a value.</param>
    public static void FindRows(CategoricalColumn key, Column column, ReadOnlySpan<int> rows, int[] rowOf)
    {
        var ranks = Ranks(column);
        var entries = new List<(int Entity, int Rank, int Row)>(rows.Length);
        foreach (var row in rows)
        {
            var entity = key.Codes[row];
            if (entity >= 0 && rowOf[entity] < 0 && ranks[row] >= 0)
            {
                entries.Add((entity, ranks[row], row));
            }
        }

        entries.Sort();
        var (most, last) = (0, -1);
        for (int start = 0, end; start < entries.Count; start = end)
        {
            var (entity, rank, row) = entries[start];
            for (end = start; end < entries.Count && (entries[end].Entity, entries[end].Rank) == (entity, rank); end++)
            {
            }

            most = entity == last ? most : 0;
            last = entity;
            if (end - start > most)
            {
                most = end - start;
                rowOf[entity] = row;
            }
        }
    }

    // The place of each row's value among the values in order; -1 where it is missing.
    private static int[] Ranks(Column column)
    {
        var ranks = new int[column.Length];
        Array.Fill(ranks, -1);
        if (column is NumericColumn numbers)
        {
            var values = numbers.Values.ToArray().Where(value => !double.IsNaN(value)).Distinct().Order().ToArray();
            for (var row = 0; row < ranks.Length; row++)
            {
                ranks[row] = numbers.IsMissing(row) ? -1 : Array.BinarySearch(values, numbers.Values[row]);
            }

            return ranks;
        }

        if (column is CategoricalColumn categories)
        {
            var names = categories.Vocabulary.Values.ToArray();
            int[] codes = [.. Enumerable.Range(0, names.Length)];
            Array.Sort(names, codes, StringComparer.Ordinal);
            var rankOfCode = new int[codes.Length];
            for (var rank = 0; rank < codes.Length; rank++)
            {
                rankOfCode[codes[rank]] = rank;
            }

            for (var row = 0; row < ranks.Length; row++)
            {
                ranks[row] = categories.IsMissing(row) ? -1 : rankOfCode[categories.Codes[row]];
            }

            return ranks;
        }

        var texts = new string?[column.Length];
        for (var row = 0; row < texts.Length; row++)
        {
            texts[row] = column.Format(row);
        }

        var rankOf = texts.OfType<string>().Distinct().Order(StringComparer.Ordinal).Index()
            .ToDictionary(value => value.Item, value => value.Index, StringComparer.Ordinal);
        for (var row = 0; row < ranks.Length; row++)
        {
            ranks[row] = texts[row] is { } text ? rankOf[text] : -1;
        }

        return ranks;
    }
}
