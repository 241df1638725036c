using System.Text.Json.Nodes;
using Evenhand.Configuration.Yaml;
using Evenhand.Experiments.Files;

namespace Evenhand.Experiments.Documentation;

/// <summary>The forms that an option takes in an experiment file, as JSON schemas: a value, <c>search</c>, a domain to
/// search.</summary>
internal static class OptionForms
{
    /// <param name="key">The option.</param>
    /// <param name="value">Schema of its value.</param>
    public static JsonArray Of(YamlKey key, JsonObject value)
    {
        var choices = new JsonArray(value);
        if (OptionReader.HasInterval(key) || key.Shape.Kind is YamlShapeKind.Boolean or YamlShapeKind.Enumeration)
        {
            choices.Add(new JsonObject { ["const"] = OptionReader.Search });
        }

        if (key.Shape.Kind is YamlShapeKind.Integer or YamlShapeKind.Number)
        {
            choices.Add(Interval(key.Shape.Kind == YamlShapeKind.Integer ? "int" : "float", value));
        }

        var list = new JsonObject
        {
            ["type"] = "array",
            ["items"] = value.DeepClone(),
            ["minItems"] = 1,
            ["uniqueItems"] = true,
        };
        choices.Add(ObjectWith(new JsonObject { ["choice"] = list }, "choice"));
        return choices;
    }

    private static JsonObject Interval(string kind, JsonObject value) => ObjectWith(
        new JsonObject
        {
            [kind] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = value.DeepClone(),
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
                ["type"] = kind == "int" ? "integer" : "number",
                ["exclusiveMinimum"] = 0,
                ["description"] = "Distance between neighbouring values; not with log.",
            },
        },
        kind);

    private static JsonObject ObjectWith(JsonObject properties, string required) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray(required),
        ["additionalProperties"] = false,
    };
}
