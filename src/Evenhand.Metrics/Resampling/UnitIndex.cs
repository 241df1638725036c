using Evenhand.Metrics.Evaluations;

namespace Evenhand.Metrics.Resampling;

/// <summary>The rows arranged for resampling: one entry for each pair of atom and unit that occurs, atom after
/// atom.</summary>
/// <remarks>A unit (a user, say) is drawn as a whole; its rows may lie in several atoms. Where each row is a unit,
/// units are numbered as the entries are, and weights need no gathering.</remarks>
internal sealed class UnitIndex
{
    public UnitIndex(EvaluationData data, Populations populations)
    {
        var atoms = Array.ConvertAll(populations.Codes, code => code + populations.Offset);
        int[] all = [.. Enumerable.Range(0, data.Count)];
        if (data.Units is null)
        {
            UnitCount = EntryCount = data.Count;
            var rows = SortStably(all, atoms, populations.AtomCount, out var starts);
            AtomStarts = starts;
            EntryOfRow = new int[data.Count];
            for (var entry = 0; entry < rows.Length; entry++)
            {
                EntryOfRow[rows[entry]] = entry;
            }

            return;
        }

        var units = Number(data.Units, out var unitCount);
        UnitCount = unitCount;
        var byUnit = SortStably(all, units, unitCount, out _);
        var byAtom = SortStably(byUnit, atoms, populations.AtomCount, out _);
        EntryOfRow = new int[data.Count];
        var entryUnits = new List<int>();
        AtomStarts = new int[populations.AtomCount + 1];
        var previous = (Atom: -1, Unit: -1);
        foreach (var row in byAtom)
        {
            if ((atoms[row], units[row]) != previous)
            {
                previous = (atoms[row], units[row]);
                entryUnits.Add(units[row]);
                AtomStarts[atoms[row] + 1]++;
            }

            EntryOfRow[row] = entryUnits.Count - 1;
        }

        for (var atom = 0; atom < populations.AtomCount; atom++)
        {
            AtomStarts[atom + 1] += AtomStarts[atom];
        }

        EntryUnits = [.. entryUnits];
        EntryCount = EntryUnits.Length;
    }

    /// <summary>Number of units.</summary>
    public int UnitCount { get; }

    /// <summary>Number of entries.</summary>
    public int EntryCount { get; }

    /// <summary>Unit of each entry; null where entry i is unit i.</summary>
    public int[]? EntryUnits { get; }

    /// <summary>Entry of each row.</summary>
    public int[] EntryOfRow { get; }

    /// <summary>First entry of each atom, and at the end the number of entries.</summary>
    public int[] AtomStarts { get; }

    /// <summary>Unit of a row.</summary>
    public int UnitOf(int row) => EntryUnits is null ? EntryOfRow[row] : EntryUnits[EntryOfRow[row]];

    private static int[] Number(int[] units, out int count)
    {
        count = 0;
        var seen = new Dictionary<int, int>();
        var numbers = new int[units.Length];
        for (var row = 0; row < units.Length; row++)
        {
            if (units[row] < 0)
            {
                numbers[row] = count++;
                continue;
            }

            if (!seen.TryGetValue(units[row], out var number))
            {
                seen.Add(units[row], number = count++);
            }

            numbers[row] = number;
        }

        return numbers;
    }

    // Counting sort of rows by key; starts receives the place of each key's first row.
    private static int[] SortStably(int[] rows, int[] keys, int keyCount, out int[] starts)
    {
        starts = new int[keyCount + 1];
        foreach (var row in rows)
        {
            starts[keys[row] + 1]++;
        }

        for (var key = 0; key < keyCount; key++)
        {
            starts[key + 1] += starts[key];
        }

        var next = starts[..^1];
        var sorted = new int[rows.Length];
        foreach (var row in rows)
        {
            sorted[next[keys[row]]++] = row;
        }

        return sorted;
    }
}
