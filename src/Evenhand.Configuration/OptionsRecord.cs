using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Evenhand.Configuration;

/// <summary>Base of all options records: one <c>sealed record</c> with <c>init</c> properties for each learner and each
/// mitigation.</summary>
/// <remarks>
/// From that record alone come the defaults (its initializers), the YAML keys (the property names in camelCase), the
/// validation (<see cref="RangeAttribute"/>), the default search intervals
/// (<see cref="SearchRangeAttribute"/>) and the documentation (the XML comments). Properties are of type int, double, bool
/// or an enum, or texts that name a file (<see cref="FilePathAttribute"/>) or a group.
/// </remarks>
public abstract record OptionsRecord
{
    /// <summary>Checks every property against its <see cref="RangeAttribute"/>, and the properties against each
    /// other.</summary>
    /// <remarks>Every learner and mitigation does so before it fits; whoever reads options from a file may do so
    /// earlier.</remarks>
    /// <exception cref="InputException">A value is not allowed; the message names the key, the value and what is
    /// allowed.</exception>
    public virtual void Validate()
    {
        foreach (var property in GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(this);
            if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
            {
                throw Invalid(property.Name, value, string.Create(
                    CultureInfo.InvariantCulture, $"between {range.Minimum} and {range.Maximum}"));
            }

            if (value is Enum member && !Enum.IsDefined(property.PropertyType, member))
            {
                throw Invalid(
                    property.Name, value, $"one of {string.Join(", ", Enum.GetNames(property.PropertyType))}");
            }
        }
    }

    /// <summary>What to throw where the value of a property is not allowed.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="value">Its value.</param>
    /// <param name="expected">What is allowed, to follow "it must be".</param>
    protected static InputException Invalid(string property, object? value, string expected) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{JsonNamingPolicy.CamelCase.ConvertName(property)} is {value}; it must be {expected}."));
}
