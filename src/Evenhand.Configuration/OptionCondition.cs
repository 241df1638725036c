using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Evenhand.Configuration;

/// <summary>When an option has an effect: what its <see cref="WhenAttribute"/> or <see cref="UnlessAttribute"/>
/// says.</summary>
public sealed class OptionCondition
{
    private OptionCondition(PropertyInfo option, IReadOnlyList<object> values, bool isNegated)
    {
        Option = option;
        Values = values;
        IsNegated = isNegated;
    }

    /// <summary>The other option of the record.</summary>
    public PropertyInfo Option { get; }

    /// <summary>The values in question, of the other option's type.</summary>
    public IReadOnlyList<object> Values { get; }

    /// <summary>Whether the option has an effect unless the other one has one of the values, rather than only
    /// then.</summary>
    public bool IsNegated { get; }

    /// <summary>The condition of a property; null where it always has an effect.</summary>
    /// <param name="property">The property, as found on its record.</param>
    /// <exception cref="ArgumentException">It has both attributes, or one that names no value, no property beside it,
    /// or a value that this cannot have.</exception>
    public static OptionCondition? Of(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return (property.GetCustomAttribute<WhenAttribute>(), property.GetCustomAttribute<UnlessAttribute>()) switch
        {
            (null, null) => null,
            ({ } when, null) => Of(property, when.Option, when.Values, isNegated: false),
            (null, { } unless) => Of(property, unless.Option, unless.Values, isNegated: true),
            _ => throw new ArgumentException($"{Name(property)} has more than one condition"),
        };
    }

    /// <summary>Why an option of a record has no effect, to follow its name; null where it has one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="property">The option, a property of the record.</param>
    public static string? WhyIdle(object record, PropertyInfo property)
    {
        if (Of(property) is not { } condition)
        {
            return null;
        }

        var idle = WhyIdle(record, condition.Option);
        var value = condition.Option.GetValue(record);
        var isOne = idle is null && value is not null && condition.Values.Contains(value);
        return isOne != condition.IsNegated ? null
            : condition.IsNegated || idle is null ? condition.Refuse(Text(value))
            : idle;
    }

    /// <summary>What the other option must be, or must not be: <c>fineTuning is lora</c>.</summary>
    public string Describe()
    {
        var values = Values.Select(Text).ToArray();
        var list = values.Length == 1 ? values[0] : $"{string.Join(", ", values.SkipLast(1))} or {values[^1]}";
        return $"{JsonNamingPolicy.CamelCase.ConvertName(Option.Name)} is {list}";
    }

    /// <summary>Says that the option has no effect, to follow its name.</summary>
    /// <param name="found">What the other option is.</param>
    public string Refuse(string found) => IsNegated
        ? $"has no effect where {Describe()}, as it is here"
        : $"has an effect only where {Describe()}; here it is {found}";

    /// <summary>A value as users write it; a text without a character is <c>empty</c>.</summary>
    /// <param name="value">The value of an option.</param>
    public static string Text(object? value) => value switch
    {
        "" => "empty",
        Enum member => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString()),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static OptionCondition Of(
        PropertyInfo property, string option, IReadOnlyList<object> values, bool isNegated)
    {
        var other = property.ReflectedType!.GetProperty(option);
        return other is null || other == property
            ? throw new ArgumentException($"{Name(property)} depends on {option}, which is no option beside it")
            : values.Count == 0 || values.Any(value => value.GetType() != other.PropertyType)
            ? throw new ArgumentException(
                $"{Name(property)} depends on values of {option}, which must be of type {other.PropertyType}")
            : new OptionCondition(other, values, isNegated);
    }

    private static string Name(PropertyInfo property) => $"{property.ReflectedType!.Name}.{property.Name}";
}
