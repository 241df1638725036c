namespace Evenhand.Data;

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
        var contents = RowHashes.Of(rows.Columns, left);
        var times = new Dictionary<ulong, ulong>();
        var places = new ulong[left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            var time = times[contents[i]] = times.GetValueOrDefault(contents[i]) + 1;
            places[i] = SeedTree.Mix(RowHashes.Combine(contents[i], time) ^ seed);
        }

        Array.Sort(places, left);
        foreach (var row in left.AsSpan(Drawn(sample, left.Length)))
        {
            keep[row] = false;
        }
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
