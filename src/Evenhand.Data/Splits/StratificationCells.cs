namespace Evenhand.Data;

/// <summary>The cells of a stratified split: the given groups crossed with the label.</summary>
internal static class StratificationCells
{
    /// <summary>A numeric label with more distinct values than this is cut into this many bins of equal
    /// count.</summary>
    public const int LabelBins = 10;

    /// <summary>The cell of each row and the number of cells. A missing group or label makes a cell of its
    /// own.</summary>
    /// <exception cref="InputException">A name in <paramref name="groups"/> is not a group of the data.</exception>
    public static (int[] Cells, int Count) Of(Dataset data, IReadOnlyList<string>? groups)
    {
        var codes = groups is null
            ? data.Groups.Select(data.GroupCodes).ToList()
            : groups.Select(name => data.GroupCodes(Find(data, name))).ToList();
        if (data.Label is { } label)
        {
            codes.Add(LabelCodes(label));
        }

        if (codes.Count == 0)
        {
            throw new InputException(
                $"Strategy 'stratified' needs a group or a label, and '{data.Name}' has neither.");
        }

        var cells = new int[data.RowCount];
        var count = 1;
        foreach (var column in codes)
        {
            count = Refine(cells, column);
        }

        return (cells, count);
    }

    private static GroupAttribute Find(Dataset data, string name) =>
        data.FindGroup(name) ?? throw new InputException(
            $"split.stratifyBy: '{data.Name}' has no group '{name}'."
            + NearestName.Hint(name, [.. data.Groups.Select(g => g.Name)]));

    // Splits each cell by the codes; new cells are numbered in order of first appearance, so only those that occur
    // count.
    private static int Refine(Span<int> cells, ReadOnlySpan<int> codes)
    {
        var numbers = new Dictionary<(int Cell, int Code), int>();
        for (var row = 0; row < cells.Length; row++)
        {
            var key = (cells[row], codes[row]);
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers.Add(key, number = numbers.Count);
            }

            cells[row] = number;
        }

        return Math.Max(1, numbers.Count);
    }

    private static int[] LabelCodes(Column label) => label switch
    {
        CategoricalColumn categorical => categorical.Codes.ToArray(),
        NumericColumn numeric => BinCodes(numeric.Values),
        CategorySetColumn sets => RarestCodes(sets),
        _ => throw new InputException($"Label '{label.Name}' is text; a stratified split needs classes or numbers."),
    };

    // A row stands for the one of its labels that the fewest rows have, the first of equals; rows without any stand for
    // that.
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
                codes[row] = codes[row] == counts.Length || counts[code] < counts[codes[row]] ? code : codes[row];
            }
        }

        return codes;
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
