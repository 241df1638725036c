using System.Globalization;
using System.Text.RegularExpressions;

namespace Evenhand.Configuration.Yaml;

/// <summary>What a scalar without quotes means: the core schema of YAML 1.2 (section 10.3.2), and durations.</summary>
public static partial class YamlScalars
{
    /// <summary>Whether the text stands for nothing: empty, <c>~</c> or <c>null</c>.</summary>
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Whether the text is an integer or a decimal number, infinity and not-a-number included.</summary>
    public static bool IsNumber(string text) => IsInteger(text) || TryNumber(text, out _);

    /// <summary>Whether the text has the form of an integer: decimal, octal (<c>0o17</c>) or hexadecimal
    /// (<c>0xff</c>).</summary>
    public static bool IsInteger(string text) => IntegerForm().IsMatch(text);

    /// <summary>Reads <c>true</c> or <c>false</c>; <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> are text.</summary>
    public static bool TryBoolean(string text, out bool value)
    {
        value = text is "true" or "True" or "TRUE";
        return value || text is "false" or "False" or "FALSE";
    }

    /// <summary>Reads an integer: decimal, octal (<c>0o17</c>) or hexadecimal (<c>0xff</c>).</summary>
    /// <returns>False where the text is none, or where it does not fit 64 bits.</returns>
    public static bool TryInteger(string text, out long value)
    {
        value = 0;
        if (!IsInteger(text))
        {
            return false;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            var digits = text.AsSpan(2);
            return long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
                && value >= 0;
        }

        return text.StartsWith("0o", StringComparison.Ordinal)
            ? TryOctal(text.AsSpan(2), out value)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a number: <c>1</c>, <c>.5</c>, <c>1e-3</c>, <c>.inf</c>, <c>.nan</c>.</summary>
    public static bool TryNumber(string text, out double value)
    {
        if (NumberForm().IsMatch(text))
        {
            value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return true;
        }

        if (TryInteger(text, out var integer))
        {
            value = integer;
            return true;
        }

        switch (text)
        {
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                value = double.PositiveInfinity;
                return true;
            case "-.inf" or "-.Inf" or "-.INF":
                value = double.NegativeInfinity;
                return true;
            case ".nan" or ".NaN" or ".NAN":
                value = double.NaN;
                return true;
            default:
                value = 0;
                return false;
        }
    }

    /// <summary>A number in a form that <see cref="TryNumber"/> reads and people write: <c>0.25</c>,
    /// <c>1e-6</c>.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0
            ? text
            : $"{text[..exponent]}e{int.Parse(text.AsSpan(exponent + 1), CultureInfo.InvariantCulture)}";
    }

    /// <summary>Reads a duration: whole numbers with units <c>d h m s ms</c>, largest first, such as
    /// <c>1h30m</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var match = DurationForm().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return false;
        }

        try
        {
            value = new TimeSpan(Part(1), Part(2), Part(3), Part(4), Part(5));
            return true;
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return false;
        }

        int Part(int group) => match.Groups[group].Success
            ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>A duration in the form that <see cref="TryDuration"/> reads; whole milliseconds.</summary>
    public static string Duration(TimeSpan value)
    {
        if (value.Ticks / TimeSpan.TicksPerMillisecond == 0)
        {
            return "0s";
        }

        ReadOnlySpan<(int Amount, string Unit)> parts =
        [
            (value.Days, "d"), (value.Hours, "h"), (value.Minutes, "m"), (value.Seconds, "s"),
            (value.Milliseconds, "ms"),
        ];
        var text = "";
        foreach (var (amount, unit) in parts)
        {
            text += amount == 0 ? "" : amount.ToString(CultureInfo.InvariantCulture) + unit;
        }

        return text;
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (value > long.MaxValue >> 3)
            {
                return false;
            }

            value = (value << 3) | (long)(digit - '0');
        }

        return true;
    }

    [GeneratedRegex(@"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();

    [GeneratedRegex(
        @"^(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DurationForm();
}
