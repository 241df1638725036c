using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Identity.Lexicons;
using Evenhand.Experiments.Files;
using Evenhand.Learning;
using Evenhand.Learning.Mitigations;
using Evenhand.Metrics.Catalogue;
using Evenhand.Tuning.Samplers;

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

    private readonly JsonObject _definitions = [];
    private readonly Registry _registry;
    private readonly MetricCatalogue _metrics;

    private ExperimentSchema(Registry registry)
    {
        _registry = registry;
        _metrics = MetricCatalogue.Of(registry);
    }

    /// <summary>The schema, indented, with a line break at its end.</summary>
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

        root["$defs"] = schema._definitions;
        var options = new JsonSerializerOptions
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        return root.ToJsonString(options).ReplaceLineEndings("\n") + "\n";
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
        if (OneOf(type) is { Length: > 0 } alternatives)
        {
            schema["oneOf"] = new JsonArray(
                [.. alternatives.Select(name => (JsonNode)new JsonObject { ["required"] = Strings([name]) })]);
        }

        return schema;
    }

    // Keys of which exactly one is given.
    private static string[] OneOf(Type type) =>
        type == typeof(ObjectiveSection) ? ["minimize", "maximize", "pareto"]
        : type == typeof(DataSection) ? ["source", "rows"]
        : type == typeof(MeasureConstraint) ? ["atMost", "atLeast"]
        : [];

    private JsonObject Key(YamlKey key)
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

        AddText(schema, "description", KeyText.Meaning(key));
        if (KeyText.DefaultValue(key) is { } value and not "")
        {
            schema["default"] = Value(value);
        }

        return schema;
    }

    // Names that editors can complete, where the type alone says only that a text is wanted.
    private JsonObject? Names(YamlKey key)
    {
        var (type, name) = (key.Property.DeclaringType, key.Property.Name);
        if (type == typeof(ObjectiveSection)
            && name is nameof(ObjectiveSection.Minimize) or nameof(ObjectiveSection.Maximize))
        {
            return MetricName(_metrics.Metrics.Select(m => m.Name));
        }

        if (type == typeof(FairnessPenalty) && name == nameof(FairnessPenalty.Metric))
        {
            return MetricName(_metrics.FairnessMetrics.Select(m => m.Name));
        }

        if (name == "Metric" && (type == typeof(MeasureReference) || type == typeof(MeasureConstraint)))
        {
            return MetricName(_metrics.Names);
        }

        if (type == typeof(EvaluationSection) && name == nameof(EvaluationSection.Metrics))
        {
            return new JsonObject { ["type"] = "array", ["items"] = MetricName(_metrics.Names) };
        }

        return type == typeof(DataSection) && name == nameof(DataSection.Source)
            ? new JsonObject
            {
                ["type"] = "string",
                ["examples"] = Strings([.. DataCatalogue.Default.Names, DataSection.SimulatorSource]),
            }
            : null;
    }

    private static JsonObject MetricName(IEnumerable<string> names) => new()
    {
        // Ranking metrics exist for every list length.
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = Strings(names) },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[a-z-]+@[1-9][0-9]*(?:-[a-z-]+)?$" }),
    };

    private JsonObject Shape(YamlShape shape) => shape.Kind switch
    {
        // A number or a truth value is a text where a text is wanted.
        YamlShapeKind.Text => new JsonObject { ["type"] = Strings(["string", "number", "boolean"]) },
        YamlShapeKind.Integer => new JsonObject { ["type"] = "integer" },
        YamlShapeKind.Number => new JsonObject { ["type"] = "number" },
        YamlShapeKind.Boolean => new JsonObject { ["type"] = "boolean" },
        YamlShapeKind.Duration => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = "^(?=.)(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?$",
        },
        YamlShapeKind.Enumeration => Enumeration(shape.Type),
        YamlShapeKind.List => new JsonObject { ["type"] = "array", ["items"] = Shape(shape.Item!) },
        YamlShapeKind.Dictionary => Dictionary(shape),
        YamlShapeKind.Located => Shape(shape.Item!),
        YamlShapeKind.Record => Definition(shape.Type, () => Record(shape.Type)),
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
            schema["propertyNames"] = new JsonObject { ["enum"] = Strings(YamlNames.Values(shape.Key.Type)) };
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

        return type == typeof(LearnerEntry) ? Definition(type, Learner)
            : type == typeof(MitigationEntry) ? Definition(type, Mitigation)
            : type == typeof(SamplerEntry) ? Definition(type, Sampler)
            : type == typeof(MeasureReference) ? Definition(type, Measure)
            : type == typeof(IdentityEntry) ? Definition(type, Identity)
            : Definition(type, () => Record(type));
    }

    private JsonObject Measure() => new()
    {
        ["description"] = XmlDocumentation.Summary(typeof(MeasureReference)),
        ["anyOf"] = new JsonArray(
            MetricName(_metrics.Metrics.Select(m => m.Name)), Record(typeof(MeasureReference))),
    };

    private JsonObject Identity() => new()
    {
        ["description"] = XmlDocumentation.Summary(typeof(IdentityEntry)),
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = Strings(LexiconFile.Names) },
            new JsonObject { ["type"] = "string", ["pattern"] = @"\.ya?ml$" },
            Record(typeof(IdentityEntry))),
    };

    private JsonObject Learner() => NamedOptions(
        typeof(LearnerEntry),
        [],
        _registry.All<LearnerDescriptor>().Select(learner => (learner.Name, learner.Summary, learner.OptionsType)));

    private JsonObject Mitigation() => NamedOptions(
        typeof(MitigationEntry),
        [(MitigationEntry.None, "No mitigation; always among the choices.")],
        _registry.All<MitigationDescriptor>().Select(m => (m.Name, m.Summary, m.OptionsType)));

    // A name, or one name with its options.
    private JsonObject NamedOptions(
        Type entry,
        IEnumerable<(string Name, string Summary)> words,
        IEnumerable<(string Name, string Summary, Type Options)> named)
    {
        var all = named.ToArray();
        var names = words.Concat(
            all.Where(one => Composite(one.Options) is null).Select(one => (one.Name, one.Summary)));
        var choices = new JsonArray(new JsonObject
        {
            ["oneOf"] = new JsonArray([.. names.Select(word => (JsonNode)new JsonObject
            {
                ["const"] = word.Name,
                ["description"] = word.Summary,
            })]),
        });
        foreach (var (name, summary, options) in all)
        {
            choices.Add(Named(name, summary, Options(options)));
        }

        return new JsonObject { ["description"] = XmlDocumentation.Summary(entry), ["anyOf"] = choices };
    }

    private JsonObject Options(Type type) => Definition(type, () =>
    {
        var properties = new JsonObject();
        foreach (var key in YamlShape.OfRecord(type).Keys)
        {
            properties[key.Name] = Option(key);
        }

        if (Composite(type) is { } composite)
        {
            JsonNode Entry() => Definition(typeof(LearnerEntry), Learner);
            foreach (var role in composite.MemberRoles)
            {
                properties[role] = Entry();
            }

            if (composite.MemberRoles.Count > 0)
            {
                return Object(properties, [.. composite.MemberRoles]);
            }

            properties[LearnerEntry.MembersKey] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = Entry(),
                ["minItems"] = 1,
                ["description"] = "The learners that are blended; none of them twice.",
            };
            return Object(properties, LearnerEntry.MembersKey);
        }

        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray(OptionReader.Search, null) },
                new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false }),
        };
    });

    // The learner that has these options and is made of others; null where there is none.
    private LearnerDescriptor? Composite(Type options) => _registry.All<LearnerDescriptor>().FirstOrDefault(
        learner => learner.TakesMembers && learner.OptionsType == options);

    private JsonObject Option(YamlKey key)
    {
        var value = Key(key);
        value.Remove("description");
        value.Remove("default");
        var schema = new JsonObject { ["anyOf"] = OptionForms.Of(key, value) };
        AddText(schema, "description", KeyText.Meaning(key));
        if (KeyText.DefaultValue(key) is { } standard)
        {
            schema["default"] = Value(standard);
        }

        return schema;
    }

    private JsonObject Sampler()
    {
        var names = new JsonArray([.. _registry.All<SamplerDescriptor>().Select(sampler => (JsonNode)new JsonObject
        {
            ["const"] = sampler.Name,
            ["description"] = sampler.Summary,
        })]);
        var choices = new JsonArray(new JsonObject { ["oneOf"] = names });
        foreach (var sampler in _registry.All<SamplerDescriptor>())
        {
            if (sampler.OptionsType is { } options)
            {
                choices.Add(Named(sampler.Name, sampler.Summary, Definition(options, () => Record(options))));
            }
        }

        return new JsonObject { ["description"] = XmlDocumentation.Summary(typeof(SamplerEntry)), ["anyOf"] = choices };
    }

    private static JsonObject Named(string name, string summary, JsonObject options)
    {
        options["description"] = summary;
        return Object(new JsonObject { [name] = options }, name);
    }

    private static JsonObject Object(JsonObject properties, params string[] required) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = Strings(required),
        ["additionalProperties"] = false,
    };

    private JsonObject Definition(Type type, Func<JsonObject> make)
    {
        var name = YamlNames.Key(type.Name);
        if (!_definitions.ContainsKey(name))
        {
            // Entered first, because a record may hold itself.
            _definitions[name] = null;
            _definitions[name] = make();
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

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

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
