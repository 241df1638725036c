using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Evenhand.Data;

/// <summary>Reads numbers.</summary>
internal sealed class NumberBuilder : ColumnBuilder
{
    private readonly List<double> _values = [];
    private readonly bool _comma;
    private readonly double _least;
    private readonly double _greatest;
    private double _pending;

    /// <summary>Reads with the decimal sign of the format and the valid range of the column.</summary>
    public NumberBuilder(ColumnDescriptor descriptor, TableFormat format)
        : base(descriptor, format)
    {
        _comma = format.Decimal == ",";
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

        if (!TryParse(field.Trim(" \t"u8), out _pending))
        {
            return $"expected a number, found {Quote(field)}.";
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

    // Only finite numbers: 'NaN' and 'Infinity' are no measurements; who means missing by them says so.
    private bool TryParse(ReadOnlySpan<byte> field, out double value)
    {
        if (_comma)
        {
            Span<byte> swapped = stackalloc byte[64];
            if (field.Length > swapped.Length || field.Contains((byte)'.'))
            {
                value = double.NaN;
                return false;
            }

            field.CopyTo(swapped);
            swapped = swapped[..field.Length];
            swapped.Replace((byte)',', (byte)'.');
            return double.TryParse(swapped, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                && double.IsFinite(value);
        }

        // The usual case; -0 is no integer.
        if (Utf8Parser.TryParse(field, out int whole, out var used) && used == field.Length && whole != 0)
        {
            value = whole;
            return true;
        }

        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }
}
