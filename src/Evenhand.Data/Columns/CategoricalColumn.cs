namespace Evenhand.Data.Columns;

/// <summary>A column of codes into a <see cref="Vocabulary"/>; <see cref="Vocabulary.Missing"/> stands for a missing
/// value.</summary>
public sealed class CategoricalColumn : Column
{
    private readonly ReadOnlyMemory<int> _codes;
    private int _missing = -1;

    /// <summary>Wraps the codes without copying them; the caller must not change them afterwards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A code is neither in the vocabulary nor missing.</exception>
    public CategoricalColumn(
        string name, ReadOnlyMemory<int> codes, Vocabulary vocabulary, ColumnRoles roles = ColumnRoles.None)
        : base(name, roles)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var missing = 0;
        foreach (var code in codes.Span)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(code, Vocabulary.Missing, nameof(codes));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, vocabulary.Count, nameof(codes));
            missing += code < 0 ? 1 : 0;
        }

        _codes = codes;
        _missing = missing;
        Vocabulary = vocabulary;
    }

    private CategoricalColumn(string name, ColumnRoles roles, ReadOnlyMemory<int> codes, Vocabulary vocabulary)
        : base(name, roles)
    {
        _codes = codes;
        Vocabulary = vocabulary;
    }

    /// <summary>Code of each row; <see cref="Vocabulary.Missing"/> where there is no value.</summary>
    public ReadOnlySpan<int> Codes => _codes.Span;

    /// <summary>What the codes stand for.</summary>
    public Vocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public override int Length => _codes.Length;

    /// <inheritdoc/>
    public override int MissingCount
    {
        get
        {
            if (_missing < 0)
            {
                var count = 0;
                foreach (var code in Codes)
                {
                    count += code < 0 ? 1 : 0;
                }

                _missing = count;
            }

            return _missing;
        }
    }

    /// <summary>A column from the values themselves; the vocabulary is in order of first appearance.</summary>
    public static CategoricalColumn FromValues(
        string name, IEnumerable<string?> values, ColumnRoles roles = ColumnRoles.None)
    {
        ArgumentNullException.ThrowIfNull(values);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new List<int>();
        foreach (var value in values)
        {
            if (value is null)
            {
                codes.Add(Vocabulary.Missing);
                continue;
            }

            if (!index.TryGetValue(value, out var code))
            {
                index.Add(value, code = index.Count);
            }

            codes.Add(code);
        }

        return new CategoricalColumn(name, roles, codes.ToArray(), new Vocabulary(index.Keys, isOrdered: false));
    }

    /// <summary>The same values in another vocabulary, which holds all that occur.</summary>
    internal CategoricalColumn In(Vocabulary vocabulary)
    {
        if (ReferenceEquals(vocabulary, Vocabulary))
        {
            return this;
        }

        var map = Vocabulary.MapTo(vocabulary);
        var codes = Codes.ToArray();
        foreach (ref var code in codes.AsSpan())
        {
            code = code < 0 ? code : map[code];
        }

        return new CategoricalColumn(Name, codes, vocabulary, Roles);
    }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Codes[row] < 0;

    /// <inheritdoc/>
    public override string? Format(int row) => IsMissing(row) ? null : Vocabulary[Codes[row]];

    /// <inheritdoc/>
    public override Column Select(ReadOnlySpan<int> rows)
    {
        var source = Codes;
        var selected = new int[rows.Length];
        for (var i = 0; i < selected.Length; i++)
        {
            selected[i] = source[rows[i]];
        }

        return new CategoricalColumn(Name, Roles, selected, Vocabulary);
    }

    /// <inheritdoc/>
    public override Column With(string? name = null, ColumnRoles? roles = null) =>
        new CategoricalColumn(name ?? Name, roles ?? Roles, _codes, Vocabulary) { _missing = _missing };
}
