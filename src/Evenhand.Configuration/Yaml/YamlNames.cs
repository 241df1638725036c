using System.Text.Json;

namespace Evenhand.Configuration.Yaml;

/// <summary>How names of C# are written for users: keys in camelCase, values in kebab-case.</summary>
public static class YamlNames
{
    /// <summary>The key of a property: <c>ApproximationRank</c> is <c>approximationRank</c>.</summary>
    public static string Key(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    /// <summary>The written form of an enumeration's member: <c>RatingPrediction</c> is
    /// <c>rating-prediction</c>.</summary>
    public static string Value(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
    }

    /// <summary>The written forms of all members of an enumeration, in their order.</summary>
    public static IReadOnlyList<string> Values(Type enumeration) =>
        [.. Enum.GetNames(enumeration).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The member that is written so.</summary>
    public static bool TryValue(Type enumeration, string text, out object? value)
    {
        var name = Enum.GetNames(enumeration)
            .FirstOrDefault(name => JsonNamingPolicy.KebabCaseLower.ConvertName(name) == text);
        value = name is null ? null : Enum.Parse(enumeration, name);
        return name is not null;
    }
}
