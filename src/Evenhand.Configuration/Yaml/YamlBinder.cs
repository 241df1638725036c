using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Evenhand.Configuration.Yaml;

/// <summary>Maps YAML to records.</summary>
/// <remarks>
/// <para>The keys of a mapping are the public settable properties of the record in camelCase; values are text, int,
/// long, double, bool, enumerations (kebab-case), durations (<c>90s</c>, <c>1h30m</c>), records, lists, dictionaries
/// with keys of text or of an enumeration, nullable ones of these, <see cref="Located{T}"/>, <see cref="YamlElement"/>
/// and types that read themselves (<see cref="IYamlBound{TSelf}"/>). Properties that are <c>required</c> must be given;
/// others keep their initial value.</para>
/// <para><see cref="RangeAttribute"/>, <see cref="MinLengthAttribute"/>, <see cref="RegularExpressionAttribute"/> and
/// <see cref="IOptionsRecord"/> are checked. Every problem is collected.</para>
/// </remarks>
public static class YamlBinder
{
    private static readonly MethodInfo CallFromYaml =
        typeof(YamlBinder).GetMethod(nameof(FromYaml), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Reads a document.</summary>
    /// <typeparam name="T">Type of the root.</typeparam>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InputException">Something is wrong: one line for each problem, <c>file(line,column):
    /// message</c>.</exception>
    public static T Bind<T>(string file, string text)
        where T : notnull
    {
        var problems = new YamlProblems();
        var root = YamlReader.Read(file, text, problems);
        var value = root is null ? default : Bind<T>(root, problems);
        problems.ThrowIfAny();
        return value!;
    }

    /// <summary>Reads a node.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="element">The node.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    /// <returns>The value, possibly with parts left at their defaults where problems were added; null where there is
    /// none.</returns>
    public static T? Bind<T>(YamlElement element, YamlProblems problems)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        return TryBind(YamlShape.Of(typeof(T)), element, problems, out var value) ? (T?)value : default;
    }

    /// <summary>Reads a mapping by the properties of a record, even where the record reads itself: for use in its own
    /// hook.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="element">The node.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    /// <returns>The record, possibly with parts left at their defaults where problems were added; null where there is
    /// none.</returns>
    public static T? BindRecord<T>(YamlElement element, YamlProblems problems)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        return TryRecord(YamlShape.OfRecord(typeof(T)), element, problems, out var value) ? (T?)value : default;
    }

    /// <summary>Reads a node as the value of a key, with the checks of the key's annotations.</summary>
    /// <param name="key">The key.</param>
    /// <param name="element">Its value.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    /// <param name="value">The value.</param>
    /// <returns>False where there is no value; a problem was added.</returns>
    public static bool TryBind(YamlKey key, YamlElement element, YamlProblems problems, out object? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(problems);
        if (!TryBind(key.Shape, element, problems, out value))
        {
            return false;
        }

        var known = problems.Count;
        YamlConstraints.Check(key, value, element, problems);

        // Without its required keys there would be no record, and nothing else in it could be checked.
        return problems.Count == known || key.IsRequired;
    }

    private static bool TryBind(YamlShape shape, YamlElement element, YamlProblems problems, out object? value)
    {
        value = null;
        if (element.IsNull && shape.Kind != YamlShapeKind.Element)
        {
            if (!shape.IsNullable)
            {
                problems.AddExpected(element, Expected(shape));
            }

            return shape.IsNullable;
        }

        return shape.Kind switch
        {
            YamlShapeKind.Element => (value = element) is not null,
            YamlShapeKind.Custom => (value = Custom(shape.Type, element, problems)) is not null,
            YamlShapeKind.Located => TryLocated(shape, element, problems, out value),
            YamlShapeKind.List => TryList(shape, element, problems, out value),
            YamlShapeKind.Dictionary => TryDictionary(shape, element, problems, out value),
            YamlShapeKind.Record => TryRecord(shape, element, problems, out value),
            _ => TryScalar(shape, element, problems, out value),
        };
    }

    private static bool TryScalar(YamlShape shape, YamlElement element, YamlProblems problems, out object? value)
    {
        value = null;
        if (element.Kind != YamlKind.Scalar)
        {
            problems.AddExpected(element, Expected(shape));
            return false;
        }

        if (shape.Kind == YamlShapeKind.Enumeration)
        {
            return TryEnumeration(shape.Type, element.Text, element, problems, out value);
        }

        value = shape.Kind switch
        {
            YamlShapeKind.Text => element.Text,
            YamlShapeKind.Duration => YamlScalars.TryDuration(element.Text, out var duration) ? duration : null,
            _ when element.IsQuoted => null,
            YamlShapeKind.Boolean => YamlScalars.TryBoolean(element.Text, out var boolean) ? boolean : null,
            YamlShapeKind.Number => YamlScalars.TryNumber(element.Text, out var n) && !double.IsNaN(n) ? n : null,
            YamlShapeKind.Integer when YamlScalars.TryInteger(element.Text, out var integer) =>
                shape.Type == typeof(long) ? integer
                : integer is >= int.MinValue and <= int.MaxValue ? (int)integer
                : null,
            _ => null,
        };
        if (value is null)
        {
            problems.AddExpected(element, Expected(shape, element));
        }

        return value is not null;
    }

    private static bool TryEnumeration(
        Type type, string text, YamlElement element, YamlProblems problems, out object? value)
    {
        if (YamlNames.TryValue(type, text, out value))
        {
            return true;
        }

        var names = YamlNames.Values(type);
        var hint = NearestName.Of(text, names) is { } near ? $". Did you mean '{near}'?" : "";
        problems.Add(element, $"expected {OneOf(names)}, found {element.Describe()}{hint}");
        return false;
    }

    private static bool TryLocated(YamlShape shape, YamlElement element, YamlProblems problems, out object? value)
    {
        value = TryBind(shape.Item!, element, problems, out var inner)
            ? Activator.CreateInstance(shape.Type, inner, element.Place)
            : null;
        return value is not null;
    }

    private static bool TryList(YamlShape shape, YamlElement element, YamlProblems problems, out object? value)
    {
        value = null;
        if (element.Kind != YamlKind.List)
        {
            problems.AddExpected(element, Expected(shape));
            return false;
        }

        var itemType = ItemType(shape.Item!);
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        foreach (var child in element.Items)
        {
            if (TryBind(shape.Item!, child, problems, out var item))
            {
                items.Add(item);
            }
        }

        if (shape.Type.IsArray)
        {
            var array = Array.CreateInstance(itemType, items.Count);
            items.CopyTo(array, 0);
            value = array;
        }
        else
        {
            value = items;
        }

        return true;
    }

    private static bool TryDictionary(YamlShape shape, YamlElement element, YamlProblems problems, out object? value)
    {
        value = null;
        if (element.Kind != YamlKind.Mapping)
        {
            problems.AddExpected(element, Expected(shape));
            return false;
        }

        var type = typeof(Dictionary<,>).MakeGenericType(shape.Key!.Type, ItemType(shape.Item!));
        var dictionary = (IDictionary)Activator.CreateInstance(type)!;
        foreach (var entry in element.Entries)
        {
            object? key = entry.Key;
            if (shape.Key.Kind == YamlShapeKind.Enumeration && !YamlNames.TryValue(shape.Key.Type, entry.Key, out key))
            {
                problems.AddUnknownKey(element, entry, YamlNames.Values(shape.Key.Type));
            }
            else if (TryBind(shape.Item!, entry.Value, problems, out var item))
            {
                dictionary.Add(key!, item);
            }
        }

        value = dictionary;
        return true;
    }

    private static bool TryRecord(YamlShape shape, YamlElement element, YamlProblems problems, out object? value)
    {
        value = null;
        if (element.Kind != YamlKind.Mapping)
        {
            problems.AddExpected(element, Expected(shape));
            return false;
        }

        var known = problems.BadValues;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        string[] names = [.. shape.Keys.Select(key => key.Name)];
        var misspelt = new HashSet<string?>();
        foreach (var entry in element.Entries)
        {
            if (shape.Keys.FirstOrDefault(key => key.Name == entry.Key) is not { } key)
            {
                problems.AddUnknownKey(element, entry, names);
                misspelt.Add(NearestName.Of(entry.Key, names));
            }
            else if (TryBind(key, entry.Value, problems, out var member))
            {
                values[key.Property.Name] = member;
            }
        }

        var missing = shape.Keys.Where(key => key.IsRequired && element.Find(key.Name) is null).ToList();
        foreach (var key in missing.Where(key => !misspelt.Contains(key.Name)))
        {
            problems.Add(element, $"key '{key.Name}' is required");
        }

        if (shape.Keys.Any(key => key.IsRequired && !values.ContainsKey(key.Property.Name)))
        {
            return false;
        }

        value = Create(shape, values, element, problems);
        if (problems.BadValues == known && value is IOptionsRecord options)
        {
            // Its values have been checked one by one, each against what is written.
            foreach (var key in shape.Keys.Where(key => element.Find(key.Name) is not null))
            {
                if (OptionCondition.WhyIdle(options, key.Property) is { } idle)
                {
                    problems.Add(element.Find(key.Name)!.Value, idle);
                }
            }

            foreach (var problem in options.Contradictions())
            {
                problems.Add(element, problem);
            }
        }

        return true;
    }

    private static object Create(
        YamlShape shape, Dictionary<string, object?> values, YamlElement element, YamlProblems problems)
    {
        var constructor = YamlKey.ConstructorOf(shape.Type)
            ?? throw new ArgumentException($"type {shape.Type} has no public constructor");
        var parameters = constructor.GetParameters();
        var arguments = parameters
            .Select(p => values.TryGetValue(p.Name!, out var given) ? given
                : p.ParameterType == typeof(YamlPlace) ? element.Place
                : p.DefaultValue);
        var record = constructor.Invoke([.. arguments]);
        foreach (var key in shape.Keys)
        {
            if (values.TryGetValue(key.Property.Name, out var given)
                && parameters.All(p => p.Name != key.Property.Name))
            {
                Set(key, record, given, element.Find(key.Name)!.Value, problems);
            }
        }

        var places = shape.Type.GetProperties().Where(p => p.PropertyType == typeof(YamlPlace) && p.CanWrite);
        foreach (var property in places)
        {
            property.SetValue(record, element.Place);
        }

        return record;
    }

    // A setter may check what no annotation says.
    private static void Set(YamlKey key, object record, object? value, YamlElement element, YamlProblems problems)
    {
        try
        {
            key.Property.SetValue(record, value);
        }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException refusal)
        {
            problems.Add(element, refusal.Message.Split('\n', '(')[0].Trim());
        }
    }

    private static object? Custom(Type type, YamlElement element, YamlProblems problems)
    {
        var known = problems.Count;
        var value = CallFromYaml.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [element, problems], CultureInfo.InvariantCulture);
        return value is null && problems.Count == known
            ? throw new InvalidOperationException($"{type} read nothing from {element} and named no problem")
            : value;
    }

    private static object? FromYaml<T>(YamlElement element, YamlProblems problems)
        where T : IYamlBound<T> => T.FromYaml(element, problems);

    private static Type ItemType(YamlShape item) =>
        item.IsNullable && item.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(item.Type) : item.Type;

    private static string Expected(YamlShape shape, YamlElement element) => shape.Kind switch
    {
        YamlShapeKind.Integer when !element.IsQuoted && YamlScalars.IsInteger(element.Text) => shape.Type == typeof(int)
            ? $"an integer from {int.MinValue} to {int.MaxValue}"
            : $"an integer from {long.MinValue} to {long.MaxValue}",
        YamlShapeKind.Integer or YamlShapeKind.Number when element.IsQuoted && YamlScalars.IsNumber(element.Text) =>
            $"{Expected(shape)} without quotes",
        _ => Expected(shape),
    };

    private static string Expected(YamlShape shape) => shape.Kind switch
    {
        YamlShapeKind.Text => "text",
        YamlShapeKind.Integer => "an integer",
        YamlShapeKind.Number => "a number",
        YamlShapeKind.Boolean => "true or false",
        YamlShapeKind.Enumeration => OneOf(YamlNames.Values(shape.Type)),
        YamlShapeKind.Duration => "a duration such as 90s, 5m or 1h30m",
        YamlShapeKind.List => "a list",
        YamlShapeKind.Located => Expected(shape.Item!),
        YamlShapeKind.Dictionary => "a mapping",
        YamlShapeKind.Record =>
            $"a mapping with keys such as {string.Join(", ", shape.Keys.Take(4).Select(k => k.Name))}",
        _ => "a value",
    };

    private static string OneOf(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
}
