using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;

namespace Evenhand.TestKit.Learning;

/// <summary>Draws options from all that a record allows, its ends more often than the rest.</summary>
public static class RandomOptions
{
    /// <summary>New options; truth values and enumerations are drawn as well, texts are kept.</summary>
    /// <param name="defaults">Options of the wanted type.</param>
    /// <param name="most">Upper limits, by property (<c>Lora.Rank</c> in a record of options), that keep a test
    /// short.</param>
    /// <param name="random">Source of the draws.</param>
    public static TOptions Draw<TOptions>(
        TOptions defaults, IReadOnlyDictionary<string, double> most, SeededRandom random)
        where TOptions : OptionsRecord
    {
        ArgumentNullException.ThrowIfNull(defaults);
        ArgumentNullException.ThrowIfNull(most);
        ArgumentNullException.ThrowIfNull(random);
        return (TOptions)Draw(defaults, "", most, random);
    }

    private static object Draw(
        object defaults, string prefix, IReadOnlyDictionary<string, double> most, SeededRandom random)
    {
        var options = Activator.CreateInstance(defaults.GetType())!;
        foreach (var property in defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not null)
            {
                var limit = most.GetValueOrDefault(prefix + property.Name, double.MaxValue);
                property.SetValue(options, property.GetValue(defaults) switch
                {
                    string text => text,
                    OptionsRecord record => Draw(record, $"{prefix}{property.Name}.", most, random),
                    _ => Draw(property, limit, random),
                });
            }
        }

        return options;
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
