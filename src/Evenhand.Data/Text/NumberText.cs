using System.Globalization;
using System.Text;

namespace Evenhand.Data.Text;

/// <summary>Reads numbers from text; whatever reads a number of a user's data does so here.</summary>
/// <remarks>A sign, digits, one decimal sign and an exponent, with blanks around them: <c>-0.5</c>, <c>1e-3</c>.
/// Nothing groups digits: <c>1,000</c> is one with a decimal comma and no number with a decimal point. Infinity and
/// not-a-number are no measurements; who means a missing value by them says so.</remarks>
public static class NumberText
{
    /// <summary>The decimal sign where nothing else is said.</summary>
    public const char Point = '.';

    private const int ShortLength = 128;

    // Beyond these powers of ten a number is written with an exponent.
    private const int LeastPlainPower = -6;
    private const int GreatestPlainPower = 64;

    /// <summary>Reads a number.</summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="decimalSign">A full stop or a comma; the other one makes the text no number.</param>
    /// <param name="value">The number; NaN where the text is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, char decimalSign, out double value)
    {
        text = text.Trim(" \t"u8);
        if (decimalSign == ',')
        {
            Span<byte> swapped = stackalloc byte[ShortLength];
            if (text.Length > swapped.Length || text.Contains((byte)Point))
            {
                value = double.NaN;
                return false;
            }

            text.CopyTo(swapped);
            swapped[..text.Length].Replace((byte)',', (byte)Point);
            return TryReadPlain(swapped[..text.Length], out value);
        }

        return TryReadPlain(text, out value);
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, char, out double)"/>
    public static bool TryRead(ReadOnlySpan<char> text, char decimalSign, out double value)
    {
        Span<byte> bytes = stackalloc byte[ShortLength];
        if (text.Length <= ShortLength)
        {
            value = double.NaN;
            return Ascii.FromUtf16(text, bytes, out var written) == System.Buffers.OperationStatus.Done
                && TryRead(bytes[..written], decimalSign, out value);
        }

        return TryRead(Encoding.UTF8.GetBytes(text.ToString()), decimalSign, out value);
    }

    /// <summary>The one way to write a number that a text is a form of: <c>1</c> for <c>1.0</c>, <c>+1</c> and
    /// <c>1e0</c>; null where the text is no number.</summary>
    /// <remarks>It is worked out from the digits, so that long ones keep them all.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="decimalSign">The decimal sign, which the result has too.</param>
    public static string? Normal(ReadOnlySpan<char> text, char decimalSign)
    {
        text = text.Trim();
        if (!TryRead(text, decimalSign, out _))
        {
            return null;
        }

        var negative = text[0] == '-';
        text = text.TrimStart("+-");
        var mark = text.IndexOfAny('e', 'E');
        var power = 0;
        if (mark >= 0 && !int.TryParse(
            text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power))
        {
            return null;
        }

        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf(decimalSign);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = string.Concat(whole, point < 0 ? "" : mantissa[(point + 1)..]);
        var significant = digits.AsSpan().TrimStart('0');
        var before = whole.Length + power - (digits.Length - significant.Length);
        significant = significant.TrimEnd('0');
        return significant.IsEmpty ? "0" : $"{(negative ? "-" : "")}{Plain(significant, before, decimalSign)}";
    }

    /// <summary>Whether a number is written as codes are: with zeros before its first digit, as <c>007</c>.</summary>
    public static bool HasLeadingZero(ReadOnlySpan<char> text)
    {
        text = text.Trim().TrimStart("+-");
        return text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]);
    }

    private static bool TryReadPlain(ReadOnlySpan<byte> text, out double value)
    {
        // Integers are the usual case; -0 is none.
        if (System.Buffers.Text.Utf8Parser.TryParse(text, out int whole, out var used)
            && used == text.Length && whole != 0)
        {
            value = whole;
            return true;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value))
        {
            return true;
        }

        value = double.NaN;
        return false;
    }

    // The digits with `before` of them before the decimal sign.
    private static string Plain(ReadOnlySpan<char> digits, int before, char decimalSign)
    {
        if (before is <= LeastPlainPower or > GreatestPlainPower)
        {
            var rest = digits.Length > 1 ? $"{decimalSign}{digits[1..]}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{rest}e{before - 1}");
        }

        return before <= 0 ? $"0{decimalSign}{new string('0', -before)}{digits}"
            : before >= digits.Length ? $"{digits}{new string('0', before - digits.Length)}"
            : $"{digits[..before]}{decimalSign}{digits[before..]}";
    }
}
