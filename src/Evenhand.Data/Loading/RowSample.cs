using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;

namespace Evenhand.Data.Loading;

/// <summary>Draws rows, or users or items with their rows: see <see cref="SampleFilter"/>.</summary>
internal static class RowSample
{
    // Another use of the same values, such as a split, must not draw by the same numbers.
    private const string Use = "sample";

    /// <summary>Leaves out the rows that are not drawn.</summary>
    /// <param name="rows">The table.</param>
    /// <param name="sample">What is drawn.</param>
    /// <param name="keep">The rows that are left.</param>
    public static void Keep(Table rows, SampleFilter sample, bool[] keep)
    {
        var seed = SeedTree.Hash($"{Use}/{sample.Seed}");
        if (sample.Of == GroupSide.Row)
        {
            KeepRows(rows, sample, seed, keep);
        }
        else
        {
            var role = sample.Of == GroupSide.User ? ColumnRoles.User : ColumnRoles.Item;
            KeepEntities((CategoricalColumn)rows.Find(role)!, sample, seed, keep);
        }
    }

    private static void KeepRows(Table rows, SampleFilter sample, ulong seed, bool[] keep)
    {
        int[] left = [.. Enumerable.Range(0, keep.Length).Where(row => keep[row])];
        var keys = RowHashes.Of(Keys(rows), left);
        var contents = RowHashes.Of(rows.Columns, left);
        int[] byKey = [.. Enumerable.Range(0, left.Length).OrderBy(i => keys[i]).ThenBy(i => contents[i])];

        // Rows of one key are counted, so that each is drawn by itself.
        var places = new ulong[left.Length];
        for (int at = 0, number = 0; at < byKey.Length; at++)
        {
            number = at > 0 && keys[byKey[at]] == keys[byKey[at - 1]] ? number + 1 : 0;
            places[byKey[at]] = SeedTree.Mix(RowHashes.Combine(keys[byKey[at]], (ulong)number) ^ seed);
        }

        Array.Sort(places, left);
        foreach (var row in left.AsSpan(Drawn(sample, left.Length)))
        {
            keep[row] = false;
        }
    }

    // What a row is of, where the columns tell; a sample then stays the same when another column is read.
    private static Column[] Keys(Table rows)
    {
        var (user, item) = (rows.Find(ColumnRoles.User), rows.Find(ColumnRoles.Item));
        var text = user is null || item is null ? rows.Find(ColumnRoles.Text) : null;
        Column[] keys = [.. new[] { user, item, rows.Find(ColumnRoles.Time), text }.OfType<Column>()];
        return keys.Length > 0 ? keys : [.. rows.Columns];
    }

    private static void KeepEntities(CategoricalColumn key, SampleFilter sample, ulong seed, bool[] keep)
    {
        var hashes = RowHashes.Of(key.Vocabulary);
        int[] left =
        [
            .. Enumerable.Range(0, keep.Length).Where(row => keep[row] && key.Codes[row] >= 0)
                .Select(row => key.Codes[row]).Distinct().OrderBy(code => SeedTree.Mix(hashes[code] ^ seed)),
        ];
        var drawn = new bool[hashes.Length];
        foreach (var code in left.AsSpan(0, Drawn(sample, left.Length)))
        {
            drawn[code] = true;
        }

        for (var row = 0; row < keep.Length; row++)
        {
            keep[row] &= key.Codes[row] is var code and >= 0 && drawn[code];
        }
    }

    private static int Drawn(SampleFilter sample, int all) => Math.Min(
        all, sample.Count ?? Math.Max(1, (int)Math.Round(sample.Share!.Value * all, MidpointRounding.AwayFromZero)));
}
