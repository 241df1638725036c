using System.Collections.Concurrent;
using System.Reflection;

namespace Evenhand.Configuration.Yaml;

/// <summary>What a type expects of a YAML node.</summary>
public enum YamlShapeKind
{
    /// <summary>Text; a number or a truth value without quotes is taken as it is written.</summary>
    Text,

    /// <summary>An integer of 32 or 64 bits.</summary>
    Integer,

    /// <summary>A number of double precision.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>One of the names of an enumeration, in kebab-case.</summary>
    Enumeration,

    /// <summary>A duration such as <c>90s</c>.</summary>
    Duration,

    /// <summary>A list.</summary>
    List,

    /// <summary>Keys of the user's choice, or names of an enumeration, with values of one type.</summary>
    Dictionary,

    /// <summary>Keys that are the properties of a record.</summary>
    Record,

    /// <summary>The type reads itself: <see cref="IYamlBound{TSelf}"/>.</summary>
    Custom,

    /// <summary>A value with its place: <see cref="Located{T}"/>.</summary>
    Located,

    /// <summary>The node itself: <see cref="YamlElement"/>.</summary>
    Element,
}

/// <summary>What a type expects of a YAML node: found once by reflection, used for binding, for schemas and for
/// documentation.</summary>
public sealed class YamlShape
{
    private static readonly ConcurrentDictionary<Type, YamlShape> Roots = [];

    private static readonly ConcurrentDictionary<Type, YamlShape> Records = [];

    private static readonly Type[] ListTypes =
    [
        typeof(List<>), typeof(IReadOnlyList<>), typeof(IList<>), typeof(IReadOnlyCollection<>), typeof(ICollection<>),
        typeof(IEnumerable<>),
    ];

    private static readonly Type[] DictionaryTypes =
        [typeof(Dictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>)];

    private readonly Lazy<IReadOnlyList<YamlKey>> _keys;

    private YamlShape(Type type, YamlShapeKind kind, bool nullable, YamlShape? item = null, YamlShape? key = null)
    {
        Type = type;
        Kind = kind;
        IsNullable = nullable;
        Item = item;
        Key = key;

        // Lazy, because a record may hold itself.
        _keys = new(() => Kind is YamlShapeKind.Record ? YamlKey.Of(Type) : []);
    }

    /// <summary>The type; without <see cref="Nullable{T}"/> around it.</summary>
    public Type Type { get; }

    /// <summary>What kind of node it expects.</summary>
    public YamlShapeKind Kind { get; }

    /// <summary>Whether nothing (an empty value) is allowed.</summary>
    public bool IsNullable { get; }

    /// <summary>Shape of a list's items, of a dictionary's values or of a located value; null for other
    /// kinds.</summary>
    public YamlShape? Item { get; }

    /// <summary>Shape of a dictionary's keys (text or enumeration); null for other kinds.</summary>
    public YamlShape? Key { get; }

    /// <summary>Keys of a record, in the order of its properties; empty for other kinds.</summary>
    public IReadOnlyList<YamlKey> Keys => _keys.Value;

    /// <summary>The shape of a type. A type that reads itself has the kind
    /// <see cref="YamlShapeKind.Custom"/>.</summary>
    /// <exception cref="ArgumentException">The type cannot be bound.</exception>
    public static YamlShape Of(Type type) => Roots.GetOrAdd(type, t => Of(t, null));

    /// <summary>The shape of a record by its properties, even where it reads itself.</summary>
    public static YamlShape OfRecord(Type type) =>
        Records.GetOrAdd(type, t => new(t, YamlShapeKind.Record, nullable: false));

    /// <summary>The shape of a property.</summary>
    internal static YamlShape Of(PropertyInfo property) =>
        Of(property.PropertyType, new NullabilityInfoContext().Create(property));

    private static YamlShape Of(Type declared, NullabilityInfo? nullability)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var nullable = type != declared || (!type.IsValueType && nullability?.ReadState == NullabilityState.Nullable);
        var simple = type.IsEnum ? YamlShapeKind.Enumeration
            : type == typeof(string) ? YamlShapeKind.Text
            : type == typeof(int) || type == typeof(long) ? YamlShapeKind.Integer
            : type == typeof(double) ? YamlShapeKind.Number
            : type == typeof(bool) ? YamlShapeKind.Boolean
            : type == typeof(TimeSpan) ? YamlShapeKind.Duration
            : type == typeof(YamlElement) ? YamlShapeKind.Element
            : IsCustom(type) ? YamlShapeKind.Custom
            : (YamlShapeKind?)null;
        if (simple is { } kind)
        {
            return new YamlShape(type, kind, nullable);
        }

        if (type.IsArray)
        {
            var item = Of(type.GetElementType()!, nullability?.ElementType);
            return new YamlShape(type, YamlShapeKind.List, nullable, item);
        }

        if (type.IsGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            var arguments = type.GetGenericArguments()
                .Select((argument, i) => Of(argument, nullability?.GenericTypeArguments[i])).ToArray();
            if (ListTypes.Contains(definition))
            {
                return new YamlShape(type, YamlShapeKind.List, nullable, arguments[0]);
            }

            if (DictionaryTypes.Contains(definition)
                && arguments[0].Kind is YamlShapeKind.Text or YamlShapeKind.Enumeration)
            {
                return new YamlShape(type, YamlShapeKind.Dictionary, nullable, arguments[1], arguments[0]);
            }

            if (definition == typeof(Located<>))
            {
                return new YamlShape(type, YamlShapeKind.Located, nullable, arguments[0]);
            }
        }

        return type is { IsPrimitive: false, IsAbstract: false, IsInterface: false } && type != typeof(object)
            ? new YamlShape(type, YamlShapeKind.Record, nullable)
            : throw new ArgumentException($"type {declared} cannot be bound from YAML");
    }

    private static bool IsCustom(Type type) => type.GetInterfaces().Any(i =>
        i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IYamlBound<>) && i.GetGenericArguments()[0] == type);
}
