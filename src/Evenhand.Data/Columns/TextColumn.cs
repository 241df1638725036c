namespace Evenhand.Data.Columns;

/// <summary>A column of free text; null stands for a missing value.</summary>
public sealed class TextColumn : Column
{
    private readonly ReadOnlyMemory<string?> _values;
    private int _missing = -1;

    /// <summary>Wraps the values without copying them; the caller must not change them afterwards.</summary>
    public TextColumn(string name, ReadOnlyMemory<string?> values, ColumnRoles roles = ColumnRoles.None)
        : base(name, roles) => _values = values;

    /// <summary>The values; null where missing.</summary>
    public ReadOnlySpan<string?> Values => _values.Span;

    /// <inheritdoc/>
    public override int Length => _values.Length;

    /// <inheritdoc/>
    public override int MissingCount
    {
        get
        {
            if (_missing < 0)
            {
                var count = 0;
                foreach (var value in Values)
                {
                    count += value is null ? 1 : 0;
                }

                _missing = count;
            }

            return _missing;
        }
    }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Values[row] is null;

    /// <inheritdoc/>
    public override string? Format(int row) => Values[row];

    /// <inheritdoc/>
    public override Column Select(ReadOnlySpan<int> rows)
    {
        var source = Values;
        var selected = new string?[rows.Length];
        for (var i = 0; i < selected.Length; i++)
        {
            selected[i] = source[rows[i]];
        }

        return new TextColumn(Name, selected, Roles);
    }

    /// <inheritdoc/>
    public override Column With(string? name = null, ColumnRoles? roles = null) =>
        new TextColumn(name ?? Name, _values, roles ?? Roles) { _missing = _missing };
}
