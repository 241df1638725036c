using System.Text;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Text;

namespace Evenhand.Data.Reading;

/// <summary>Reads numbers.</summary>
internal sealed class NumberBuilder : ColumnBuilder
{
    private readonly List<double> _values = [];
    private readonly char _decimalSign;
    private readonly double _least;
    private readonly double _greatest;
    private double _pending;

    /// <summary>Reads with the decimal sign of the format and the valid range of the column.</summary>
    public NumberBuilder(ColumnDescriptor descriptor, TableFormat format)
        : base(descriptor, format)
    {
        _decimalSign = format.DecimalSign;
        _least = descriptor.Range?[0] ?? double.NegativeInfinity;
        _greatest = descriptor.Range?[1] ?? double.PositiveInfinity;
    }

    /// <inheritdoc/>
    public override string? Parse(ReadOnlySpan<byte> field)
    {
        _pending = double.NaN;
        if (IsMissing(field))
        {
            return null;
        }

        if (HasMap)
        {
            field = Encoding.UTF8.GetBytes(Mapped(Encoding.UTF8.GetString(field)));
        }

        if (!NumberText.TryRead(field, _decimalSign, out _pending))
        {
            return $"expected a number, found {Quote(field)}.{Hint(field)}";
        }

        if (_pending < _least || _pending > _greatest)
        {
            _pending = double.NaN;
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Commit() => _values.Add(_pending);

    /// <inheritdoc/>
    public override Column Build() => new NumericColumn(Name, _values.ToArray(), Roles);

    // The other decimal sign is what most often makes a number none.
    private string Hint(ReadOnlySpan<byte> field)
    {
        var other = _decimalSign == ',' ? NumberText.Point : ',';
        return NumberText.TryRead(field, other, out _)
            ? $" Where '{other}' is the decimal sign, say so with the key or option 'decimal'."
            : "";
    }
}
