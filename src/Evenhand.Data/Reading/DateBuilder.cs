using System.Globalization;
using System.Text;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Text;

namespace Evenhand.Data.Reading;

/// <summary>Reads moments as seconds since 1970-01-01 UTC.</summary>
internal sealed class DateBuilder : ColumnBuilder
{
    private const string Unix = "unix";

    private readonly IReadOnlyList<string> _formats;
    private readonly char _decimalSign;
    private readonly string _expected;
    private readonly List<double> _values = [];
    private double _pending;

    /// <summary>Reads with the formats of the column.</summary>
    public DateBuilder(ColumnDescriptor descriptor, TableFormat format)
        : base(descriptor, format)
    {
        _formats = descriptor.Formats;
        _decimalSign = format.DecimalSign;
        _expected = string.Join(" or ", descriptor.Formats.Select(f => $"'{f}'"));
    }

    /// <inheritdoc/>
    public override string? Parse(ReadOnlySpan<byte> field)
    {
        _pending = double.NaN;
        if (IsMissing(field))
        {
            return null;
        }

        Span<char> buffer = stackalloc char[128];
        var text = field.Length <= buffer.Length
            ? buffer[..Encoding.UTF8.GetChars(field, buffer)]
            : Encoding.UTF8.GetString(field).ToCharArray();
        if (HasMap)
        {
            text = Mapped(text.ToString()).ToCharArray();
        }

        foreach (var format in _formats)
        {
            if (TryRead(text, format, out _pending))
            {
                return null;
            }
        }

        return $"expected a date in the form {_expected}, found {Quote(field)}.";
    }

    /// <inheritdoc/>
    public override void Commit() => _values.Add(_pending);

    /// <inheritdoc/>
    public override Column Build() => new NumericColumn(Name, _values.ToArray(), Roles);

    /// <summary>Whether a text is a form in which dates can be read.</summary>
    public static bool IsFormat(string text)
    {
        try
        {
            return text == Unix || DateTime.UnixEpoch.ToString(text, CultureInfo.InvariantCulture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool TryRead(ReadOnlySpan<char> text, string format, out double seconds)
    {
        if (format == Unix)
        {
            return NumberText.TryRead(text, _decimalSign, out seconds);
        }

        const DateTimeStyles Styles =
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowTrailingWhite;
        var read = DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles, out var moment);
        seconds = read ? (moment - DateTime.UnixEpoch).TotalSeconds : double.NaN;
        return read;
    }
}
