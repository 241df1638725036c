using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Documentation;

/// <summary>The JSON schema of experiment files, for completion and checks in editors.</summary>
/// <remarks>
/// Made from the records that files are bound to, with their ranges, defaults and comments. It checks what a schema can
/// check;
/// <see cref="ExperimentFile"/> checks all.
/// </remarks>
public sealed class ExperimentSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private readonly SchemaDefinitions _definitions = new();
    private readonly OptionForms _forms;
    private readonly SchemaNames _names;
    private readonly Registry _registry;

    private ExperimentSchema(Registry registry)
    {
        _registry = registry;
        _forms = new OptionForms(_definitions);
        _names = new SchemaNames(registry, _definitions);
    }

    /// <summary>The schema, with a line break at its end.</summary>
    /// <param name="registry">What names in files stand for.</param>
    public static string ToJson(Registry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var schema = new ExperimentSchema(registry);
        var root = new JsonObject { ["$schema"] = Dialect, ["title"] = "Evenhand experiment" };
        foreach (var (name, value) in schema.Record(typeof(Experiment)).ToArray())
        {
            root[name] = value?.DeepClone();
        }

        root["$defs"] = schema._definitions.All;
        return JsonLayout.Write(root);
    }

    private JsonObject Record(Type type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var key in YamlShape.OfRecord(type).Keys)
        {
            properties[key.Name] = Key(key);
            if (key.IsRequired)
            {
                required.Add(key.Name);
            }
        }

        var schema = new JsonObject();
        AddText(schema, "description", XmlDocumentation.Summary(type));
        schema["type"] = "object";
        schema["properties"] = properties;
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        schema["additionalProperties"] = false;
        if (type.GetCustomAttribute<ExactlyOneOfAttribute>() is { } alternatives)
        {
            schema["oneOf"] = new JsonArray(
            [
                .. alternatives.Keys.Select(
                    name => (JsonNode)new JsonObject { ["required"] = SchemaDefinitions.Strings([name]) }),
            ]);
        }

        return schema;
    }

    private JsonObject Key(YamlKey key)
    {
        var schema = Value(key);
        AddText(schema, "description", KeyText.Meaning(key));
        if (KeyText.DefaultValue(key) is { } value and not "")
        {
            schema["default"] = Value(value);
        }

        return schema;
    }

    private JsonObject Value(YamlKey key)
    {
        var schema = Names(key) ?? Shape(key.Shape);
        if (key.Range is { } range)
        {
            AddRange(schema, range, key.Shape.Kind == YamlShapeKind.Integer);
        }

        if (key.MinimumLength is { } minimum)
        {
            schema[key.Shape.Kind == YamlShapeKind.List ? "minItems" : "minLength"] = minimum.Length;
        }

        if (key.Pattern is { } pattern)
        {
            schema["type"] = "string";
            schema["pattern"] = $"^(?:{pattern.Pattern})$";
        }

        return schema;
    }

    private JsonObject? Names(YamlKey key) =>
        key.Property.GetCustomAttribute<NamesAttribute>() is not { Kind: var kind } ? null
        : key.Shape.Kind == YamlShapeKind.List
            ? new JsonObject { ["type"] = "array", ["items"] = _names.Of(kind) }
            : _names.Of(kind);

    private JsonObject Shape(YamlShape shape) => shape.Kind switch
    {
        // A number or a truth value is a text where a text is wanted.
        YamlShapeKind.Text => new JsonObject { ["type"] = SchemaDefinitions.Strings(["string", "number", "boolean"]) },
        YamlShapeKind.Integer => new JsonObject { ["type"] = "integer" },
        YamlShapeKind.Number => new JsonObject { ["type"] = "number" },
        YamlShapeKind.Boolean => new JsonObject { ["type"] = "boolean" },
        YamlShapeKind.Duration => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = "^(?=.)(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?$",
        },
        YamlShapeKind.Enumeration => _definitions.Refer(shape.Type, () => Enumeration(shape.Type)),
        YamlShapeKind.List => new JsonObject { ["type"] = "array", ["items"] = Shape(shape.Item!) },
        YamlShapeKind.Dictionary => Dictionary(shape),
        YamlShapeKind.Located => Shape(shape.Item!),
        YamlShapeKind.Record => _definitions.Refer(shape.Type, () => Record(shape.Type)),
        YamlShapeKind.Custom => Custom(shape.Type),
        _ => [],
    };

    private static JsonObject Enumeration(Type type) => new()
    {
        ["oneOf"] = new JsonArray([.. KeyText.Values(type).Select(value =>
        {
            var member = new JsonObject { ["const"] = value.Name };
            AddText(member, "description", value.Meaning);
            return (JsonNode)member;
        })]),
    };

    private JsonObject Dictionary(YamlShape shape)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Shape(shape.Item!) };
        if (shape.Key!.Kind == YamlShapeKind.Enumeration)
        {
            schema["propertyNames"] = new JsonObject
            {
                ["enum"] = SchemaDefinitions.Strings(YamlNames.Values(shape.Key.Type)),
            };
        }

        return schema;
    }

    private JsonObject Custom(Type type)
    {
        if (KeyText.Single(type) is { } item)
        {
            var one = Shape(YamlShape.Of(item));
            return new JsonObject
            {
                ["anyOf"] = new JsonArray(one, new JsonObject { ["type"] = "array", ["items"] = one.DeepClone() }),
            };
        }

        return _definitions.Refer(type, () => NamedEntries.Find(type, _registry) is { } choices
            ? Named(type, choices)
            : type.GetCustomAttribute<ShortFormAttribute>() is { } name ? Short(type, name.Kind)
            : Record(type));
    }

    // A name, or the record.
    private JsonObject Short(Type type, NameKind kind) => new()
    {
        ["description"] = XmlDocumentation.Summary(type),
        ["anyOf"] = new JsonArray(_names.Of(kind), Record(type)),
    };

    // A name, or one name with its options.
    private JsonObject Named(Type entry, NamedChoice[] choices)
    {
        var forms = new JsonArray(new JsonObject
        {
            ["oneOf"] = new JsonArray(
            [
                .. choices.Where(choice => !choice.NeedsMembers).Select(choice => (JsonNode)new JsonObject
                {
                    ["const"] = choice.Name,
                    ["description"] = choice.Summary,
                }),
            ]),
        });
        foreach (var choice in choices.Where(choice => choice.OptionsType is not null))
        {
            var options = _definitions.Refer(
                choice.OptionsType!, () => choice.IsSearched ? Options(entry, choice) : Record(choice.OptionsType!));
            options["description"] = choice.Summary;
            forms.Add(Object(new JsonObject { [choice.Name] = options }, choice.Name));
        }

        return new JsonObject { ["description"] = XmlDocumentation.Summary(entry), ["anyOf"] = forms };
    }

    private JsonObject Options(Type entry, NamedChoice choice)
    {
        var properties = Options(choice.OptionsType!);

        foreach (var role in choice.MemberRoles)
        {
            properties[role] = Custom(entry);
        }

        if (choice.MembersKey is { } members)
        {
            properties[members] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = Custom(entry),
                ["minItems"] = 1,
                ["description"] = "The learners that are blended; none of them twice.",
            };
        }

        string[] lists = choice.MembersKey is { } list ? [list] : [];
        return choice.NeedsMembers
            ? Object(properties, [.. choice.MemberRoles, .. lists])
            : Searched(properties);
    }

    private JsonObject Options(Type type)
    {
        var properties = new JsonObject();
        foreach (var key in YamlShape.OfRecord(type).Keys)
        {
            properties[key.Name] = Option(key);
        }

        return properties;
    }

    // Options, the word that searches them all, or nothing.
    private JsonObject Searched(JsonObject options) => new()
    {
        ["anyOf"] = new JsonArray(
            _definitions.Refer("search-or-nothing", () => new JsonObject
            {
                ["enum"] = new JsonArray(OptionReader.Search, null),
            }),
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = options,
                ["additionalProperties"] = false,
            }),
    };

    private JsonObject Option(YamlKey key)
    {
        var schema = key.Shape.Kind == YamlShapeKind.Record
            ? _definitions.Refer(key.Shape.Type, () => Searched(Options(key.Shape.Type)))
            : _forms.Of(key, Value(key));
        AddText(schema, "description", KeyText.Meaning(key));
        if (KeyText.DefaultValue(key) is { } standard)
        {
            schema["default"] = Value(standard);
        }

        return schema;
    }

    private static JsonObject Object(JsonObject properties, params string[] required) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = SchemaDefinitions.Strings(required),
        ["additionalProperties"] = false,
    };

    private static void AddRange(JsonObject schema, RangeAttribute range, bool integer)
    {
        JsonNode Number(double value) => integer ? JsonValue.Create((long)value) : JsonValue.Create(value);
        if (OptionRange.HasMinimum(range))
        {
            schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(OptionRange.Minimum(range));
        }

        if (OptionRange.HasMaximum(range))
        {
            schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = Number(OptionRange.Maximum(range));
        }
    }

    private static void AddText(JsonObject schema, string name, string text)
    {
        if (text.Length > 0)
        {
            schema[name] = text.Replace("`", "", StringComparison.Ordinal);
        }
    }

    private static JsonValue Value(object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int integer => JsonValue.Create(integer),
        long integer => JsonValue.Create(integer),
        double number => JsonValue.Create(number),
        _ => throw new ArgumentException($"no JSON form for {value.GetType()}"),
    };
}
