using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Evenhand.Data;
using Evenhand.Learning;

namespace Evenhand.TestKit;

/// <summary>Draws options from all that a record allows, its ends more often than the rest.</summary>
public static class RandomOptions
{
    /// <summary>New options; what they have no range for, and enumerations, is drawn as well.</summary>
    /// <param name="defaults">Options of the wanted type.</param>
    /// <param name="most">Upper limits, by property, that keep a test short.</param>
    /// <param name="random">Source of the draws.</param>
    public static LearnerOptions Draw(
        LearnerOptions defaults, IReadOnlyDictionary<string, double> most, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        ArgumentNullException.ThrowIfNull(most);
        ArgumentNullException.ThrowIfNull(random);
        var options = Activator.CreateInstance(defaults.GetType())!;
        foreach (var property in defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not null)
            {
                var limit = most.GetValueOrDefault(property.Name, double.MaxValue);
                property.SetValue(options, Draw(property, limit, random));
            }
        }

        return (LearnerOptions)options;
    }

    private static object Draw(PropertyInfo property, double most, SeededRandom random)
    {
        var type = property.PropertyType;
        if (type == typeof(bool))
        {
            return random.Next(2) == 0;
        }

        if (type.IsEnum)
        {
            var members = Enum.GetValues(type);
            return members.GetValue(random.Next(members.Length))!;
        }

        var range = property.GetCustomAttribute<RangeAttribute>()
            ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} has no [Range].");
        var low = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
        var high = Math.Min(most, Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
        var value = random.Next(4) switch
        {
            0 => low,
            1 => high,
            2 => low + ((high - low) * random.NextDouble()),
            _ => low + ((high - low) * Math.Pow(10, -6 * random.NextDouble())),
        };
        return Convert.ChangeType(type == typeof(int) ? Math.Floor(value) : value, type, CultureInfo.InvariantCulture);
    }
}
