using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Evenhand.Configuration;

/// <summary>The annotations of an option, which files and code are checked by alike.</summary>
public sealed class OptionRules
{
    /// <summary>Those of a property.</summary>
    /// <param name="property">The property.</param>
    /// <param name="parameter">The parameter of the record's constructor that sets it; null where there is
    /// none.</param>
    public OptionRules(PropertyInfo property, ParameterInfo? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(property);
        Range = property.GetCustomAttribute<RangeAttribute>() ?? parameter?.GetCustomAttribute<RangeAttribute>();
        MinimumLength = property.GetCustomAttribute<MinLengthAttribute>();
        Pattern = property.GetCustomAttribute<RegularExpressionAttribute>();
    }

    /// <summary>The allowed numbers, or null.</summary>
    public RangeAttribute? Range { get; }

    /// <summary>The smallest length of a text or list, or null.</summary>
    public MinLengthAttribute? MinimumLength { get; }

    /// <summary>The form of a text with a message that says it in words, or null.</summary>
    public RegularExpressionAttribute? Pattern { get; }

    /// <summary>What a number must be that is none of the allowed ones, such as <c>must be at least 1</c>; else
    /// null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="number">Writes numbers; null: as C# does.</param>
    public string? OutOfRange(object value, Func<double, string>? number = null) =>
        Range is { } range && !OptionRange.Contains(range, value)
            ? $"must be {OptionRange.Describe(range, number)}"
            : null;

    /// <summary>What a text or list needs that is too short, such as <c>must not be empty</c>; else null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="length">Its length; null to count.</param>
    public string? TooShort(object value, int? length = null)
    {
        if (MinimumLength is not { } minimum || (length ?? Length(value)) >= minimum.Length)
        {
            return null;
        }

        var what = value is string ? "characters" : "entries";
        return minimum.Length == 1 ? "must not be empty" : $"needs at least {minimum.Length} {what}";
    }

    /// <summary>What the form of a text must be that has another one; else null.</summary>
    /// <param name="value">The value.</param>
    public string? Misformed(object value) => Pattern is { } pattern && value is string text && !IsMatch(pattern, text)
        ? pattern.ErrorMessage ?? $"must match {pattern.Pattern}"
        : null;

    private static int Length(object value) => value switch
    {
        string text => text.Length,
        IEnumerable entries => entries.Cast<object?>().Count(),
        _ => int.MaxValue,
    };

    private static bool IsMatch(RegularExpressionAttribute pattern, string text) =>
        Regex.Match(text, pattern.Pattern, RegexOptions.CultureInvariant) is { Success: true, Index: 0 } match
        && match.Length == text.Length;
}
