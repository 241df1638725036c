using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Evenhand.Configuration;

/// <summary>Reads what a <see cref="RangeAttribute"/> on an option says.</summary>
public static class OptionRange
{
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
    /// <param name="range">The range.</param>
    /// <param name="number">Writes its ends; null: as C# does.</param>
    public static string Describe(RangeAttribute range, Func<double, string>? number = null)
    {
        ArgumentNullException.ThrowIfNull(range);
        number ??= value => value.ToString(CultureInfo.InvariantCulture);
        var low = range.MinimumIsExclusive ? "greater than" : "at least";
        var high = range.MaximumIsExclusive ? "less than" : "at most";
        var (minimum, maximum) = (number(Minimum(range)), number(Maximum(range)));
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
}
