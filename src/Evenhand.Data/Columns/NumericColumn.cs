using System.Globalization;

namespace Evenhand.Data.Columns;

/// <summary>A column of numbers; NaN stands for a missing value.</summary>
public sealed class NumericColumn : Column
{
    private readonly ReadOnlyMemory<double> _values;
    private int _missing = -1;

    /// <summary>Wraps the values without copying them; the caller must not change them afterwards.</summary>
    public NumericColumn(string name, ReadOnlyMemory<double> values, ColumnRoles roles = ColumnRoles.None)
        : base(name, roles) => _values = values;

    /// <summary>The values; NaN where missing.</summary>
    public ReadOnlySpan<double> Values => _values.Span;

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
                    count += double.IsNaN(value) ? 1 : 0;
                }

                _missing = count;
            }

            return _missing;
        }
    }

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(Values[row]);

    /// <inheritdoc/>
    public override string? Format(int row) =>
        IsMissing(row) ? null : Values[row].ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Column Select(ReadOnlySpan<int> rows)
    {
        var source = Values;
        var selected = new double[rows.Length];
        for (var i = 0; i < selected.Length; i++)
        {
            selected[i] = source[rows[i]];
        }

        return new NumericColumn(Name, selected, Roles);
    }

    /// <inheritdoc/>
    public override Column With(string? name = null, ColumnRoles? roles = null) =>
        new NumericColumn(name ?? Name, _values, roles ?? Roles) { _missing = _missing };
}
