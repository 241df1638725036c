using Evenhand.Data.Columns;

namespace Evenhand.Data.Loading;

/// <summary>Operations on whole columns that loading needs.</summary>
internal static class ColumnOperations
{
    /// <summary>The given rows of a column; -1 gives a missing value.</summary>
    public static Column Gather(Column column, ReadOnlySpan<int> rows)
    {
        switch (column)
        {
            case NumericColumn numbers:
                {
                    var values = new double[rows.Length];
                    for (var i = 0; i < rows.Length; i++)
                    {
                        values[i] = rows[i] < 0 ? double.NaN : numbers.Values[rows[i]];
                    }

                    return new NumericColumn(column.Name, values, column.Roles);
                }

            case CategoricalColumn categories:
                {
                    var codes = new int[rows.Length];
                    for (var i = 0; i < rows.Length; i++)
                    {
                        codes[i] = rows[i] < 0 ? Vocabulary.Missing : categories.Codes[rows[i]];
                    }

                    return Compact(new CategoricalColumn(column.Name, codes, categories.Vocabulary, column.Roles));
                }

            case CategorySetColumn sets:
                return CategorySetColumn.FromValues(
                    column.Name, rows.ToArray().Select(row => row < 0 ? null : sets.Names(row)), column.Roles);

            default:
                {
                    var values = new string?[rows.Length];
                    for (var i = 0; i < rows.Length; i++)
                    {
                        values[i] = rows[i] < 0 ? null : column.Format(rows[i]);
                    }

                    return new TextColumn(column.Name, values, column.Roles);
                }
        }
    }

    /// <summary>A column whose vocabulary holds only the values that occur, in the order they had.</summary>
    public static CategoricalColumn Compact(CategoricalColumn column)
    {
        var used = new bool[column.Vocabulary.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
            {
                used[code] = true;
            }
        }

        if (Array.TrueForAll(used, u => u))
        {
            return column;
        }

        var map = new int[used.Length];
        var values = new List<string>();
        for (var code = 0; code < used.Length; code++)
        {
            map[code] = used[code] ? values.Count : Vocabulary.Missing;
            if (used[code])
            {
                values.Add(column.Vocabulary[code]);
            }
        }

        var codes = new int[column.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = column.Codes[row] < 0 ? Vocabulary.Missing : map[column.Codes[row]];
        }

        var vocabulary = new Vocabulary(values, column.Vocabulary.IsOrdered);
        return new CategoricalColumn(column.Name, codes, vocabulary, column.Roles);
    }

    /// <inheritdoc cref="Compact(CategoricalColumn)"/>
    public static CategorySetColumn Compact(CategorySetColumn column)
    {
        var used = new bool[column.Vocabulary.Count];
        for (var row = 0; row < column.Length; row++)
        {
            foreach (var code in column.Codes(row))
            {
                used[code] = true;
            }
        }

        return Array.TrueForAll(used, u => u)
            ? column
            : column.In(new Vocabulary(
                column.Vocabulary.Values.Where((_, code) => used[code]), column.Vocabulary.IsOrdered));
    }

    /// <summary>A column of values that each come from one value of another; a missing one stays missing.</summary>
    /// <remarks>Of a categorical column each distinct value is looked at once.</remarks>
    public static CategoricalColumn MapValues(string name, Column source, Func<string, string?> map)
    {
        if (source is not CategoricalColumn categories)
        {
            return CategoricalColumn.FromValues(
                name, Enumerable.Range(0, source.Length).Select(r => source.Format(r) is { } v ? map(v) : null));
        }

        var mapped = categories.Vocabulary.Values.Select(map).ToArray();
        var values = mapped.OfType<string>().Distinct().ToArray();
        var vocabulary = new Vocabulary(values, isOrdered: false);
        var codeOf = Array.ConvertAll(mapped, v => v is null ? Vocabulary.Missing : vocabulary.CodeOf(v));
        var codes = new int[source.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = categories.Codes[row] < 0 ? Vocabulary.Missing : codeOf[categories.Codes[row]];
        }

        return new CategoricalColumn(name, codes, vocabulary);
    }
}
