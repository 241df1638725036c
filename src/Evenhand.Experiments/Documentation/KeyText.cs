using System.Globalization;
using System.Reflection;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Documentation;

/// <summary>What a page or a schema says of a key: its meaning, type, range and default.</summary>
internal static class KeyText
{
    /// <summary>What the key means and when it has an effect, in Markdown.</summary>
    public static string Meaning(YamlKey key)
    {
        var meaning = XmlDocumentation.Summary(key.Property);
        return key.Condition is { } condition
            ? $"{meaning} {(condition.IsNegated ? "Not" : "Only")} where {condition.Describe()}."
            : meaning;
    }

    /// <summary>The members of an enumeration as they are written, with what each means.</summary>
    public static IEnumerable<(string Name, string Meaning)> Values(Type enumeration) =>
        enumeration.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (YamlNames.Value((Enum)field.GetValue(null)!), XmlDocumentation.Summary(field)));

    /// <summary>The value that holds where the key is not given; null where there is none or it is no single
    /// value.</summary>
    public static object? DefaultValue(YamlKey key)
    {
        var type = key.Property.ReflectedType!;
        if (key.IsRequired || type.IsAbstract || type.GetConstructor([]) is null)
        {
            return null;
        }

        var value = key.Property.GetValue(Activator.CreateInstance(type));
        return key.Shape.Kind switch
        {
            YamlShapeKind.Enumeration when value is Enum member => YamlNames.Value(member),
            YamlShapeKind.Duration when value is TimeSpan duration => YamlScalars.Duration(duration),
            YamlShapeKind.Text or YamlShapeKind.Integer or YamlShapeKind.Number or YamlShapeKind.Boolean => value,
            _ => null,
        };
    }

    /// <summary>The default in words: the value itself, or what the comment says of it.</summary>
    public static string Default(YamlKey key) => key.IsRequired ? "required"
        : DefaultValue(key) switch
        {
            null or "" => XmlDocumentation.Default(key.Property) is { Length: > 0 } text ? text : "none",
            string text => $"`{text}`",
            bool flag => flag ? "`true`" : "`false`",
            double number => $"`{YamlScalars.Number(number)}`",
            var number => $"`{Convert.ToString(number, CultureInfo.InvariantCulture)}`",
        };

    /// <summary>The allowed numbers or texts in words; empty where all are allowed.</summary>
    public static string Range(YamlKey key) => key switch
    {
        { Range: { } range } => OptionRange.Describe(range, YamlScalars.Number),
        { MinimumLength.Length: 1 } => "not empty",
        { MinimumLength: { } minimum } => $"at least {minimum.Length}",
        { Pattern: { } pattern } => $"`{pattern.Pattern}`",
        _ => "",
    };

    /// <summary>A type in words.</summary>
    /// <param name="shape">The type.</param>
    /// <param name="link">How a record is named, such as a link to its section.</param>
    public static string TypeName(YamlShape shape, Func<Type, string> link) => shape.Kind switch
    {
        YamlShapeKind.Text => "text",
        YamlShapeKind.Integer => "integer",
        YamlShapeKind.Number => "number",
        YamlShapeKind.Boolean => "`true` or `false`",
        YamlShapeKind.Duration => "duration",
        YamlShapeKind.Enumeration => string.Join(", ", YamlNames.Values(shape.Type).Select(name => $"`{name}`")),
        YamlShapeKind.List => $"list of {TypeName(shape.Item!, link)}",
        YamlShapeKind.Dictionary => $"mapping of names to {TypeName(shape.Item!, link)}",
        YamlShapeKind.Located => TypeName(shape.Item!, link),
        YamlShapeKind.Custom when Single(shape.Type) is { } item => $"{link(item)}, or a list of them",
        _ => link(shape.Type),
    };

    /// <summary>The item type of a <see cref="OneOrMany{T}"/>; null for other types.</summary>
    public static Type? Single(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(OneOrMany<>)
            ? type.GetGenericArguments()[0]
            : null;
}
