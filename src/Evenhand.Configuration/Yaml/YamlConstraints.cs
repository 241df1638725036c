using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Evenhand.Configuration.Yaml;

/// <summary>Checks a bound value against the annotations of its property.</summary>
public static class YamlConstraints
{
    /// <summary>Adds problems where the value is outside the key's range, too short or of the wrong form.</summary>
    internal static void Check(YamlKey key, object? value, YamlElement element, YamlProblems problems)
    {
        if (value is null)
        {
            return;
        }

        var plain = key.Shape.Kind == YamlShapeKind.Located
            ? key.Shape.Type.GetProperty(nameof(Located<>.Value))!.GetValue(value)!
            : value;
        if (key.Range is { } range && !Contains(range, plain))
        {
            problems.Add(element, $"must be {Describe(range)}, found {element.Text}");
        }

        if (key.MinimumLength is { } minimum && Length(element) < minimum.Length)
        {
            var what = plain is string ? "characters" : "entries";
            problems.Add(
                element, minimum.Length == 1 ? "must not be empty" : $"needs at least {minimum.Length} {what}");
        }

        if (key.Pattern is { } pattern && plain is string text && !IsMatch(pattern, text))
        {
            problems.Add(element, $"{pattern.ErrorMessage ?? $"must match {pattern.Pattern}"}, found '{text}'");
        }
    }

    /// <summary>Whether a number (int, long or double) lies in the range.</summary>
    public static bool Contains(RangeAttribute range, object number)
    {
        ArgumentNullException.ThrowIfNull(range);
        var value = Convert.ToDouble(number, CultureInfo.InvariantCulture);
        var (low, high) = (Minimum(range), Maximum(range));
        return (range.MinimumIsExclusive ? value > low : value >= low)
            && (range.MaximumIsExclusive ? value < high : value <= high);
    }

    /// <summary>The smallest value of a range.</summary>
    public static double Minimum(RangeAttribute range) =>
        Convert.ToDouble(range?.Minimum, CultureInfo.InvariantCulture);

    /// <summary>The largest value of a range.</summary>
    public static double Maximum(RangeAttribute range) =>
        Convert.ToDouble(range?.Maximum, CultureInfo.InvariantCulture);

    /// <summary>Whether a range has a lower bound, and is not open down to the smallest number of its type.</summary>
    public static bool HasMinimum(RangeAttribute range) => Minimum(range) is > int.MinValue;

    /// <summary>Whether a range has an upper bound, and is not open up to the largest number of its type.</summary>
    public static bool HasMaximum(RangeAttribute range) => Maximum(range) is < int.MaxValue;

    /// <summary>The range in words: <c>between 0 and 1</c>, <c>at least 1</c>, <c>greater than 0</c>.</summary>
    public static string Describe(RangeAttribute range)
    {
        ArgumentNullException.ThrowIfNull(range);
        var low = range.MinimumIsExclusive ? "greater than" : "at least";
        var high = range.MaximumIsExclusive ? "less than" : "at most";
        var (minimum, maximum) = (YamlScalars.Number(Minimum(range)), YamlScalars.Number(Maximum(range)));
        return (HasMinimum(range), HasMaximum(range)) switch
        {
            (true, true) when !range.MinimumIsExclusive && !range.MaximumIsExclusive =>
                $"between {minimum} and {maximum}",
            (true, true) => $"{low} {minimum} and {high} {maximum}",
            (true, false) => $"{low} {minimum}",
            (false, true) => $"{high} {maximum}",
            _ => "a number",
        };
    }

    private static bool IsMatch(RegularExpressionAttribute pattern, string text) =>
        Regex.Match(text, pattern.Pattern, RegexOptions.CultureInvariant) is { Success: true, Index: 0 } match
        && match.Length == text.Length;

    // As written: an entry that could not be read is not a missing one.
    private static int Length(YamlElement element) => element.Kind switch
    {
        YamlKind.List => element.Items.Count,
        YamlKind.Mapping => element.Entries.Count,
        _ => element.Text.Length,
    };
}
