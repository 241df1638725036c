namespace Evenhand.Data.Columns;

/// <summary>A column in which a row has any number of categories, such as the topics of a text: the label of
/// multi-label classification. A row may have none, or be missing altogether.</summary>
public sealed class CategorySetColumn : Column
{
    private readonly int[] _starts;
    private readonly int[] _codes;
    private readonly bool[] _missing;

    /// <summary>Wraps the arrays without copying them; the caller must not change them afterwards.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="starts">Where each row's codes start in <paramref name="codes"/>, and after the last row where they
    /// end.</param>
    /// <param name="codes">Codes of all rows, each row's ascending and distinct.</param>
    /// <param name="missing">Whether each row has no value; such a row has no codes.</param>
    /// <param name="vocabulary">What the codes stand for.</param>
    /// <param name="roles">What the column is for.</param>
    /// <exception cref="ArgumentException">Starts do not ascend from 0 to the number of codes, a row's codes do not
    /// ascend or are not in the vocabulary, or a missing row has codes.</exception>
    public CategorySetColumn(
        string name,
        int[] starts,
        int[] codes,
        bool[] missing,
        Vocabulary vocabulary,
        ColumnRoles roles = ColumnRoles.None)
        : base(name, roles)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(missing);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (starts.Length != missing.Length + 1 || starts[0] != 0 || starts[^1] != codes.Length)
        {
            throw new ArgumentException("Starts go from 0 to the number of codes, one more than rows.", nameof(starts));
        }

        for (var row = 0; row < missing.Length; row++)
        {
            var previous = -1;
            for (var i = starts[row]; i < starts[row + 1]; previous = codes[i++])
            {
                if (missing[row] || codes[i] <= previous || codes[i] >= vocabulary.Count)
                {
                    throw new ArgumentException(
                        $"The codes of row {row} ascend within the vocabulary, and a missing row has none.",
                        nameof(codes));
                }
            }

            ArgumentOutOfRangeException.ThrowIfLessThan(starts[row + 1], starts[row], nameof(starts));
        }

        _starts = starts;
        _codes = codes;
        _missing = missing;
        Vocabulary = vocabulary;
        MissingCount = missing.Count(m => m);
    }

    /// <summary>What the codes stand for.</summary>
    public Vocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public override int Length => _missing.Length;

    /// <inheritdoc/>
    public override int MissingCount { get; }

    /// <summary>A column from the values themselves, null where missing; the vocabulary is in order of first
    /// appearance, and a category that a row names twice counts once.</summary>
    public static CategorySetColumn FromValues(
        string name, IEnumerable<IEnumerable<string>?> values, ColumnRoles roles = ColumnRoles.None)
    {
        ArgumentNullException.ThrowIfNull(values);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var (starts, codes, missing) = (new List<int> { 0 }, new List<int>(), new List<bool>());
        foreach (var row in values)
        {
            var sorted = new SortedSet<int>();
            foreach (var value in row ?? [])
            {
                if (!index.TryGetValue(value, out var code))
                {
                    index.Add(value, code = index.Count);
                }

                sorted.Add(code);
            }

            codes.AddRange(sorted);
            starts.Add(codes.Count);
            missing.Add(row is null);
        }

        var vocabulary = new Vocabulary(index.Keys, isOrdered: false);
        return new CategorySetColumn(name, [.. starts], [.. codes], [.. missing], vocabulary, roles);
    }

    /// <summary>The codes of a row, ascending.</summary>
    public ReadOnlySpan<int> Codes(int row) => _codes.AsSpan(_starts[row].._starts[row + 1]);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => _missing[row];

    /// <summary>The categories of a row with <c>|</c> between them, or null where it is missing.</summary>
    /// <inheritdoc/>
    public override string? Format(int row) => Names(row) is { } names ? string.Join('|', names) : null;

    /// <summary>The categories of a row, or null where it is missing.</summary>
    internal IReadOnlyList<string>? Names(int row) =>
        IsMissing(row) ? null : Array.ConvertAll(Codes(row).ToArray(), code => Vocabulary[code]);

    /// <summary>The same sets in another vocabulary, which holds all categories that occur.</summary>
    internal CategorySetColumn In(Vocabulary vocabulary)
    {
        var map = Vocabulary.MapTo(vocabulary);
        var codes = Array.ConvertAll(_codes, code => map[code]);
        for (var row = 0; row < Length; row++)
        {
            codes.AsSpan(_starts[row].._starts[row + 1]).Sort();
        }

        return new CategorySetColumn(Name, _starts, codes, _missing, vocabulary, Roles);
    }

    /// <inheritdoc/>
    public override Column Select(ReadOnlySpan<int> rows)
    {
        var starts = new int[rows.Length + 1];
        var missing = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            starts[i + 1] = starts[i] + Codes(rows[i]).Length;
            missing[i] = _missing[rows[i]];
        }

        var codes = new int[starts[^1]];
        for (var i = 0; i < rows.Length; i++)
        {
            Codes(rows[i]).CopyTo(codes.AsSpan(starts[i]));
        }

        return new CategorySetColumn(Name, starts, codes, missing, Vocabulary, Roles);
    }

    /// <inheritdoc/>
    public override Column With(string? name = null, ColumnRoles? roles = null) =>
        new CategorySetColumn(name ?? Name, _starts, _codes, _missing, Vocabulary, roles ?? Roles);
}
