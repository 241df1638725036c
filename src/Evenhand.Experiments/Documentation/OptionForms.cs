using System.Globalization;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Documentation;

/// <summary>The forms that an option takes in an experiment file, as JSON schemas: a value, <c>search</c>, a domain to
/// search. Options of the same kind and range share them.</summary>
/// <param name="definitions">Takes the definitions.</param>
internal sealed class OptionForms(SchemaDefinitions definitions)
{
    /// <summary>All forms of an option.</summary>
    /// <param name="key">The option.</param>
    /// <param name="value">Schema of its value.</param>
    public JsonObject Of(YamlKey key, JsonObject value)
    {
        var name = (string?)value["$ref"] is { } reference ? reference[(reference.LastIndexOf('/') + 1)..] : Name(key);
        var searchable = OptionReader.HasInterval(key)
            || key.Shape.Kind is YamlShapeKind.Boolean or YamlShapeKind.Enumeration;
        JsonObject Value() => definitions.Refer(name, () => value);
        return definitions.Refer($"{(searchable ? "searchable" : "option")}-{name}", () =>
        {
            var choices = new JsonArray(Value());
            if (searchable)
            {
                choices.Add(new JsonObject { ["const"] = OptionReader.Search });
            }

            if (key.Shape.Kind is YamlShapeKind.Integer or YamlShapeKind.Number)
            {
                var interval = key.Shape.Kind == YamlShapeKind.Integer ? "int" : "float";
                choices.Add(With(interval, () => Interval(interval), Value()));
            }

            choices.Add(With("choice", Choice, Value()));
            return new JsonObject { ["anyOf"] = choices };
        });
    }

    // A form that all options share, with the values of one. Both hold on their own, because editors differ in what
    // they make of keys beside a reference.
    private JsonObject With(string form, Func<JsonObject> make, JsonObject value) => new()
    {
        ["allOf"] = new JsonArray(
            definitions.Refer($"{form}-form", make),
            new JsonObject
            {
                ["properties"] = new JsonObject { [form] = new JsonObject { ["items"] = value } },
            }),
    };

    // Says kind and range, and holds no character that a reference would have to escape.
    private static string Name(YamlKey key)
    {
        var kind = YamlNames.Key($"{key.Shape.Kind}");
        var name = kind;
        if (key.Range is { } range)
        {
            string Number(double number) => YamlScalars.Number(number).Replace("-", "minus", StringComparison.Ordinal);
            name += OptionRange.HasMinimum(range)
                ? (range.MinimumIsExclusive ? "-above-" : "-") + $"{Number(OptionRange.Minimum(range))}"
                : "";
            name += OptionRange.HasMaximum(range)
                ? $"-{(range.MaximumIsExclusive ? "below" : "to")}-{Number(OptionRange.Maximum(range))}"
                : "";
        }

        if (key.MinimumLength is { } minimum)
        {
            name += string.Create(CultureInfo.InvariantCulture, $"-of-{minimum.Length}-or-more");
        }

        return key.Pattern is not null ? $"{YamlNames.Key(key.Property.DeclaringType!.Name)}-{key.Name}"
            : name == kind ? $"any-{kind}"
            : name;
    }

    private static JsonObject Choice() => ObjectWith(
        "choice",
        new JsonObject
        {
            ["choice"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["uniqueItems"] = true },
        });

    private static JsonObject Interval(string form) => ObjectWith(
        form,
        new JsonObject
        {
            [form] = new JsonObject
            {
                ["type"] = "array",
                ["minItems"] = 2,
                ["maxItems"] = 2,
                ["description"] = "The smallest and the largest value.",
            },
            ["log"] = new JsonObject
            {
                ["type"] = "boolean",
                ["description"] = "Whether the tuner works on the logarithm.",
            },
            ["step"] = new JsonObject
            {
                ["type"] = form == "int" ? "integer" : "number",
                ["exclusiveMinimum"] = 0,
                ["description"] = "Distance between neighbouring values; not with log.",
            },
        });

    private static JsonObject ObjectWith(string required, JsonObject properties) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray(required),
        ["additionalProperties"] = false,
    };
}
