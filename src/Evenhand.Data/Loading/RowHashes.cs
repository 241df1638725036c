using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;

namespace Evenhand.Data.Loading;

/// <summary>Numbers that depend on the values of rows alone: not on where a row stands, nor on the codes of its
/// values.</summary>
internal static class RowHashes
{
    private const ulong MissingValue = 0xD1B54A32D192ED03UL;

    /// <summary>One number for each row, of its values in the given columns.</summary>
    public static ulong[] Of(IEnumerable<Column> columns, ReadOnlySpan<int> rows)
    {
        var hashes = new ulong[rows.Length];
        foreach (var column in columns)
        {
            Add(column, rows, hashes);
        }

        return hashes;
    }

    /// <summary>A number for two.</summary>
    public static ulong Combine(ulong first, ulong second) => SeedTree.Mix((first * 0x9E3779B97F4A7C15UL) + second);

    /// <summary>A number for each value of a vocabulary.</summary>
    public static ulong[] Of(Vocabulary vocabulary) => [.. vocabulary.Values.Select(SeedTree.Hash)];

    /// <summary>The number of a value in <see cref="Of(Vocabulary)"/>.</summary>
    public static ulong At(ulong[] hashes, int code) => code < 0 ? MissingValue : hashes[code];

    private static void Add(Column column, ReadOnlySpan<int> rows, ulong[] hashes)
    {
        ulong[] known = column switch
        {
            CategoricalColumn categories => Of(categories.Vocabulary),
            CategorySetColumn sets => Of(sets.Vocabulary),
            _ => [],
        };
        for (var i = 0; i < hashes.Length; i++)
        {
            var row = rows[i];
            hashes[i] = Combine(hashes[i], column.IsMissing(row) ? MissingValue : column switch
            {
                CategoricalColumn categories => known[categories.Codes[row]],
                CategorySetColumn sets => OfSet(known, sets.Codes(row)),
                NumericColumn numbers => OfNumber(numbers.Values[row]),
                _ => SeedTree.Hash(column.Format(row)!),
            });
        }
    }

    // A sum, since the order of a set's codes is that of a vocabulary.
    private static ulong OfSet(ulong[] known, ReadOnlySpan<int> codes)
    {
        var sum = 0UL;
        foreach (var code in codes)
        {
            sum += known[code];
        }

        return SeedTree.Mix(sum + (ulong)codes.Length);
    }

    // 0 and -0 are one number.
    private static ulong OfNumber(double value) => SeedTree.Mix(BitConverter.DoubleToUInt64Bits(value + 0.0));
}
