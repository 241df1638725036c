using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Loading;

namespace Evenhand.Data.Splits;

/// <summary>The cells of a stratified split: the given groups crossed with the label.</summary>
internal static class StratificationCells
{
    /// <summary>A numeric label with more distinct values than this is cut into this many bins of equal
    /// count.</summary>
    public const int LabelBins = 10;

    /// <summary>The cell of each row, and a number for each cell that depends on the names of its groups and label
    /// alone. A missing group or label makes a cell of its own.</summary>
    /// <exception cref="InputException">A name in <paramref name="groups"/> is not a group of the data.</exception>
    public static (int[] Cells, ulong[] Names) Of(Dataset data, IReadOnlyList<string>? groups)
    {
        var attributes = groups is null ? data.Groups : [.. groups.Select(name => Find(data, name))];
        if (attributes.Count == 0 && data.Label is null)
        {
            throw new InputException(
                $"Strategy 'stratified' needs a group or a label, and '{data.Name}' has neither.");
        }

        var rows = new ulong[data.RowCount];
        foreach (var attribute in attributes)
        {
            Refine(rows, data.GroupCodes(attribute), RowHashes.Of(attribute.Column.Vocabulary));
        }

        if (data.Label is { } label)
        {
            var (codes, names) = LabelCodes(label);
            Refine(rows, codes, names);
        }

        var cells = new int[rows.Length];
        var numbers = new Dictionary<ulong, int>();
        for (var row = 0; row < cells.Length; row++)
        {
            if (!numbers.TryGetValue(rows[row], out cells[row]))
            {
                numbers.Add(rows[row], cells[row] = numbers.Count);
            }
        }

        return (cells, [.. numbers.Keys]);
    }

    private static GroupAttribute Find(Dataset data, string name) =>
        data.FindGroup(name) ?? throw new InputException(
            $"split.stratifyBy: '{data.Name}' has no group '{name}'."
            + NearestName.Hint(name, [.. data.Groups.Select(g => g.Name)]));

    private static void Refine(ulong[] rows, ReadOnlySpan<int> codes, ulong[] names)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = RowHashes.Combine(rows[row], RowHashes.At(names, codes[row]));
        }
    }

    private static (int[] Codes, ulong[] Names) LabelCodes(Column label) => label switch
    {
        CategoricalColumn categorical => (categorical.Codes.ToArray(), RowHashes.Of(categorical.Vocabulary)),
        NumericColumn numeric => (BinCodes(numeric.Values), [.. Enumerable.Range(0, LabelBins).Select(b => (ulong)b)]),
        CategorySetColumn sets => (RarestCodes(sets), [.. RowHashes.Of(sets.Vocabulary), 0]),
        _ => throw new InputException($"Label '{label.Name}' is text; a stratified split needs classes or numbers."),
    };

    // A row stands for the one of its labels that the fewest rows have, of equals the first by name; rows without any
    // stand for that.
    private static int[] RarestCodes(CategorySetColumn sets)
    {
        var counts = new int[sets.Vocabulary.Count];
        for (var row = 0; row < sets.Length; row++)
        {
            foreach (var code in sets.Codes(row))
            {
                counts[code]++;
            }
        }

        var codes = new int[sets.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = sets.IsMissing(row) ? Vocabulary.Missing : counts.Length;
            foreach (var code in sets.Codes(row))
            {
                codes[row] = codes[row] == counts.Length || IsRarer(code, codes[row]) ? code : codes[row];
            }
        }

        return codes;

        bool IsRarer(int code, int other) => counts[code] < counts[other] || (counts[code] == counts[other]
            && string.CompareOrdinal(sets.Vocabulary[code], sets.Vocabulary[other]) < 0);
    }

    private static int[] BinCodes(ReadOnlySpan<double> values)
    {
        var present = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                present.Add(value);
            }
        }

        present.Sort();
        var distinct = present.Distinct().ToArray();
        var edges = distinct.Length <= LabelBins
            ? distinct
            : [.. Enumerable.Range(0, LabelBins)
                .Select(bin => present[(int)((long)bin * present.Count / LabelBins)])
                .Distinct()];
        var codes = new int[values.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            var at = double.IsNaN(values[row]) ? -1 : Array.BinarySearch(edges, values[row]);
            codes[row] = double.IsNaN(values[row]) ? Vocabulary.Missing : at >= 0 ? at : ~at - 1;
        }

        return codes;
    }
}
