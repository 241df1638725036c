using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Evenhand.Configuration.Yaml;

/// <summary>A key of a record: a public property with a public setter or a parameter of the record's
/// constructor.</summary>
public sealed class YamlKey
{
    private YamlKey(PropertyInfo property, ParameterInfo? parameter)
    {
        Property = property;
        Name = YamlNames.Key(property.Name);
        Shape = YamlShape.Of(property);
        IsRequired = parameter is not null
            ? !parameter.HasDefaultValue
            : property.IsDefined(typeof(RequiredMemberAttribute));
        Rules = new OptionRules(property, parameter);
        Condition = OptionCondition.Of(property);
    }

    /// <summary>The key as written: the property's name in camelCase.</summary>
    public string Name { get; }

    /// <summary>The property it sets.</summary>
    public PropertyInfo Property { get; }

    /// <summary>What its value must look like.</summary>
    public YamlShape Shape { get; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; }

    /// <summary>What its annotations say of values.</summary>
    public OptionRules Rules { get; }

    /// <summary>When it has an effect; null for always.</summary>
    public OptionCondition? Condition { get; }

    /// <summary>The allowed numbers, or null.</summary>
    public RangeAttribute? Range => Rules.Range;

    /// <summary>The smallest length of a text or list, or null.</summary>
    public MinLengthAttribute? MinimumLength => Rules.MinimumLength;

    /// <summary>The form of a text with a message that says it in words, or null.</summary>
    public RegularExpressionAttribute? Pattern => Rules.Pattern;

    /// <summary>The constructor that makes a record: the one without parameters where there is one, else the
    /// longest.</summary>
    internal static ConstructorInfo? ConstructorOf(Type type)
    {
        var constructors = type.GetConstructors();
        return constructors.FirstOrDefault(c => c.GetParameters().Length == 0)
            ?? constructors.MaxBy(c => c.GetParameters().Length);
    }

    /// <summary>The keys of a record, in the order of its properties, base records first.</summary>
    internal static IReadOnlyList<YamlKey> Of(Type type)
    {
        var parameters = ConstructorOf(type)?.GetParameters() ?? [];
        var keys = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
            .Where(p => p.PropertyType != typeof(YamlPlace))
            .OrderBy(p => Depth(p.DeclaringType!))
            .ThenBy(p => p.MetadataToken)
            .Select(p => new YamlKey(p, parameters.FirstOrDefault(parameter => parameter.Name == p.Name)));
        return [.. keys];
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
