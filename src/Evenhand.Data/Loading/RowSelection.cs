using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Text;

namespace Evenhand.Data.Loading;

/// <summary>Applies the row filters of a descriptor, one after the other.</summary>
internal static class RowSelection
{
    /// <summary>The rows that pass every filter; vocabularies then hold only values that occur.</summary>
    /// <exception cref="InputException">A filter leaves no row.</exception>
    public static Table Apply(Table rows, IReadOnlyList<RowFilter> filters, CancellationToken cancellation)
    {
        if (filters.Count == 0)
        {
            return rows;
        }

        var keep = new bool[rows.RowCount];
        Array.Fill(keep, true);
        foreach (var (number, filter) in filters.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var before = keep.Count(kept => kept);
            Apply(rows, filter, keep, cancellation);
            if (before > 0 && !keep.Contains(true))
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"filter {number + 1} ({Describe(filter)}) leaves none of the {before} rows that came to it."));
            }
        }

        var kept = Enumerable.Range(0, keep.Length).Where(row => keep[row]).ToArray();
        return new Table(rows.Select(kept).Columns.Select(
            c => c switch
            {
                CategoricalColumn categories => ColumnOperations.Compact(categories),
                CategorySetColumn sets => ColumnOperations.Compact(sets),
                _ => c,
            }));
    }

    // What the filter names, under the names that the column has for it.
    private static RowFilter Named(RowFilter filter, Column column) => ValueForm.Of(column) is { } form
        ? filter with
        {
            In = filter.In?.Select(form.Name).ToArray(),
            NotIn = filter.NotIn?.Select(form.Name).ToArray(),
        }
        : filter;

    private static void Apply(Table rows, RowFilter filter, bool[] keep, CancellationToken cancellation)
    {
        if (filter.KCore is { } core)
        {
            CoreRows.Keep(Key(rows, ColumnRoles.User), Key(rows, ColumnRoles.Item), core, keep, cancellation);
        }
        else if (filter.Sample is { } sample)
        {
            RowSample.Keep(rows, sample, keep);
        }
        else
        {
            var column = rows.Find(filter.Column!) ?? throw Unknown(rows, filter);
            Apply(column, Named(filter, column), keep);
            if (filter.MinCount is { } least)
            {
                KeepFrequent((CategoricalColumn)column, least, keep);
            }
        }
    }

    private static CategoricalColumn Key(Table rows, ColumnRoles role) => (CategoricalColumn)rows.Find(role)!;

    private static void KeepFrequent(CategoricalColumn column, int least, bool[] keep)
    {
        var counts = new int[column.Vocabulary.Count];
        for (var row = 0; row < keep.Length; row++)
        {
            if (keep[row] && column.Codes[row] >= 0)
            {
                counts[column.Codes[row]]++;
            }
        }

        for (var row = 0; row < keep.Length; row++)
        {
            keep[row] &= column.Codes[row] is var code and >= 0 && counts[code] >= least;
        }
    }

    private static string Describe(RowFilter filter) =>
        filter.KCore is { } core ? $"kCore of {core.User} and {core.Item}"
        : filter.Sample is not null ? "sample"
        : $"on '{filter.Column}'";

    private static void Apply(Column column, RowFilter filter, bool[] keep)
    {
        // A value of a categorical column passes or fails once for all its rows.
        if (column is CategoricalColumn categories)
        {
            var passes = categories.Vocabulary.Values.Select(v => Passes(v, filter)).ToArray();
            var missingPasses = Passes(null, filter);
            for (var row = 0; row < keep.Length; row++)
            {
                var code = categories.Codes[row];
                keep[row] &= code < 0 ? missingPasses : passes[code];
            }

            return;
        }

        if (column is CategorySetColumn sets)
        {
            for (var row = 0; row < keep.Length; row++)
            {
                keep[row] = keep[row] && SetPasses(sets.Names(row), filter);
            }

            return;
        }

        for (var row = 0; row < keep.Length; row++)
        {
            keep[row] = keep[row] && Passes(column.Format(row), filter);
        }
    }

    // What a filter asks for, any category of the set may meet; what it forbids, none may.
    private static bool SetPasses(IReadOnlyList<string>? names, RowFilter filter)
    {
        if (names is null)
        {
            return Passes(null, filter);
        }

        var asked = filter with { NotIn = null, NotStartingWith = null };
        var forbidden = filter with { Min = null, Max = null, In = null };
        return (names.Any(name => Passes(name, asked)) || (names.Count == 0 && Passes("", asked)))
            && names.All(name => Passes(name, forbidden));
    }

    private static bool Passes(string? value, RowFilter filter)
    {
        if (value is null)
        {
            return !filter.Present && filter.Min is null && filter.Max is null && filter.In is null;
        }

        if (filter.Min is not null || filter.Max is not null)
        {
            var parsed = NumberText.TryRead(value, NumberText.Point, out var number);
            if (!parsed || number < filter.Min || number > filter.Max)
            {
                return false;
            }
        }

        return (filter.In is null || filter.In.Contains(value))
            && (filter.NotIn is null || !filter.NotIn.Contains(value))
            && (filter.NotStartingWith is null || !value.StartsWith(filter.NotStartingWith, StringComparison.Ordinal));
    }

    private static InputException Unknown(Table rows, RowFilter filter) => new(
        $"a filter names the column '{filter.Column}', which the rows do not have."
        + NearestName.Hint(filter.Column!, [.. rows.Columns.Select(c => c.Name)]));
}
