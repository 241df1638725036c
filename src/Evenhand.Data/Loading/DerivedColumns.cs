using System.Globalization;
using System.Text.RegularExpressions;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Text;

namespace Evenhand.Data.Loading;

/// <summary>Computes the derived columns of a descriptor.</summary>
internal static class DerivedColumns
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The column that a table gets.</summary>
    /// <param name="derived">What is computed.</param>
    /// <param name="table">The table that it is computed from.</param>
    public static Column Compute(DerivedColumn derived, Table table)
    {
        var column =
            derived.Bands is { } bounds ? Bands(derived, Numbers(derived, table, derived.From), bounds)
            : derived.Map is { } map ? Map(derived, Source(derived, table, derived.From), map)
            : derived.Extract is { } pattern ? Extract(derived, Source(derived, table, derived.From), pattern)
            : derived.Join is { } parts ? Join(derived, [.. parts.Select(p => Source(derived, table, p))])
            : derived.Product is { } factors ? Product(derived, factors.Select(f => Numbers(derived, table, f)))
            : derived.FirstOf is { } flags ? FirstOf(derived, table, flags)
            : throw new InputException($"the derived column '{derived.Name}' has no operation that its side allows.");
        return Valid(column, derived.Range).With(roles: ColumnRoleNames.ToRoles(derived.Role));
    }

    private static Column Valid(Column column, IReadOnlyList<double>? range) => range is null ? column
        : new NumericColumn(
            column.Name,
            Array.ConvertAll(
                ((NumericColumn)column).Values.ToArray(),
                value => value < range[0] || value > range[1] ? double.NaN : value));

    /// <summary>The most frequent users or items against the others; see <see cref="FrequencyBands"/>.</summary>
    /// <param name="derived">What is computed.</param>
    /// <param name="bands">The share and the names.</param>
    /// <param name="key">The user or item column of the rows.</param>
    /// <returns>A value for each code; the names of both bands are in the vocabulary, occurring or not.</returns>
    public static CategoricalColumn Frequency(DerivedColumn derived, FrequencyBands bands, CategoricalColumn key)
    {
        var counts = new long[key.Vocabulary.Count];
        foreach (var code in key.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        var head = (int)Math.Ceiling(bands.Top * counts.Length);
        var codes = new int[counts.Length];
        Array.Fill(codes, 1);
        foreach (var entity in Enumerable.Range(0, counts.Length)
            .OrderByDescending(e => counts[e])
            .ThenBy(e => key.Vocabulary[e], StringComparer.Ordinal)
            .Take(head))
        {
            codes[entity] = 0;
        }

        return new CategoricalColumn(
            derived.Name, codes, new Vocabulary([bands.Head, bands.Tail]), ColumnRoleNames.ToRoles(derived.Role));
    }

    /// <summary>Names of bands by their lower bounds.</summary>
    /// <remarks>Whole bounds give <c>18-24</c>, others <c>1.5 to 3</c> with the upper bound excluded.</remarks>
    internal static string[] BandNames(IReadOnlyList<double> bounds)
    {
        var whole = bounds.All(double.IsInteger);
        var names = new string[bounds.Count + 1];
        names[0] = $"under {Text(bounds[0])}";
        names[^1] = $"{Text(bounds[^1])} and over";
        for (var i = 1; i < bounds.Count; i++)
        {
            var last = bounds[i] - 1;
            names[i] = !whole ? $"{Text(bounds[i - 1])} to {Text(bounds[i])}"
                : last == bounds[i - 1] ? Text(last)
                : $"{Text(bounds[i - 1])}-{Text(last)}";
        }

        return names;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static CategoricalColumn Bands(DerivedColumn derived, NumericColumn numbers, IReadOnlyList<double> bounds)
    {
        var codes = new int[numbers.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            var value = numbers.Values[row];
            codes[row] = double.IsNaN(value) ? Vocabulary.Missing : bounds.Count(bound => value >= bound);
        }

        var names = derived.Names ?? BandNames(bounds);
        return ColumnOperations.Compact(new CategoricalColumn(derived.Name, codes, new Vocabulary(names)));
    }

    private static Column Extract(DerivedColumn derived, Column source, string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
        string? Match(string value)
        {
            var match = regex.Match(value);
            return !match.Success ? null : match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
        }

        var rows = Enumerable.Range(0, source.Length);
        return derived.Type switch
        {
            ColumnType.Number => new NumericColumn(
                derived.Name, rows.Select(r => source.Format(r) is { } v ? ToNumber(Match(v)) : double.NaN).ToArray()),
            ColumnType.Text => new TextColumn(
                derived.Name, rows.Select(r => source.Format(r) is { } v ? Match(v) : null).ToArray()),
            _ => ColumnOperations.MapValues(derived.Name, source, Match),
        };
    }

    private static double ToNumber(string? text) =>
        NumberText.TryRead(text, NumberText.Point, out var number) ? number : double.NaN;

    private static CategoricalColumn Map(
        DerivedColumn derived, Column source, IReadOnlyDictionary<string, string> map)
    {
        var form = ValueForm.Of(source);
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (value, other) in map)
        {
            named.TryAdd(form?.Name(value) ?? value, other);
        }

        return ColumnOperations.MapValues(
            derived.Name, source, value => named.GetValueOrDefault(value, derived.Otherwise ?? value));
    }

    private static NumericColumn Product(DerivedColumn derived, IEnumerable<NumericColumn> factors)
    {
        double[]? product = null;
        foreach (var factor in factors)
        {
            product = product is null
                ? factor.Values.ToArray()
                : [.. product.Select((value, row) => value * factor.Values[row])];
        }

        return new NumericColumn(derived.Name, product);
    }

    private static TextColumn Join(DerivedColumn derived, Column[] parts)
    {
        var texts = new string?[parts[0].Length];
        for (var row = 0; row < texts.Length; row++)
        {
            var present = parts.Select(p => p.Format(row)).OfType<string>().ToList();
            texts[row] = present.Count == 0 ? null : string.Join(derived.Separator, present);
        }

        return new TextColumn(derived.Name, texts);
    }

    private static CategoricalColumn FirstOf(
        DerivedColumn derived, Table table, IReadOnlyDictionary<string, string> flags)
    {
        var columns = flags.Select(flag => (Column: Source(derived, table, flag.Key), flag.Value)).ToArray();
        return CategoricalColumn.FromValues(derived.Name, Enumerable.Range(0, table.RowCount).Select(row =>
            Array.Find(columns, c => c.Column.Format(row) == "1").Value ?? derived.Otherwise));
    }

    private static NumericColumn Numbers(DerivedColumn derived, Table table, string? name) =>
        Source(derived, table, name) as NumericColumn ?? throw new InputException(
            $"the derived column '{derived.Name}' is computed from '{name}', which is not a number.");

    private static Column Source(DerivedColumn derived, Table table, string? name) =>
        name is null
            ? throw new InputException($"the derived column '{derived.Name}' needs the key 'from'.")
            : table.Find(name) ?? throw new InputException(
                $"the derived column '{derived.Name}' is computed from '{name}', which its table does not have."
                + NearestName.Hint(name, [.. table.Columns.Select(c => c.Name)]));
}
