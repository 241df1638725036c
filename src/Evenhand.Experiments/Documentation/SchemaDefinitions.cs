using System.Text.Json.Nodes;
using Evenhand.Configuration.Yaml;

namespace Evenhand.Experiments.Documentation;

/// <summary>Parts of a schema that are said once and referred to.</summary>
internal sealed class SchemaDefinitions
{
    private readonly Dictionary<Type, string> _types = [];

    /// <summary>The definitions by their names.</summary>
    public JsonObject All { get; } = [];

    /// <summary>A list of texts.</summary>
    public static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <summary>Refers to the definition of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="make">Makes the definition where there is none yet.</param>
    public JsonObject Refer(Type type, Func<JsonObject> make)
    {
        if (!_types.TryGetValue(type, out var name))
        {
            // Extensions may have types of the same name.
            name = YamlNames.Key(type.Name);
            for (var number = 2; All.ContainsKey(name); number++)
            {
                name = $"{YamlNames.Key(type.Name)}{number}";
            }

            _types.Add(type, name);
        }

        return Refer(name, make);
    }

    /// <summary>Refers to a definition by its name.</summary>
    /// <param name="name">A name with a hyphen, as those of types have none.</param>
    /// <param name="make">Makes the definition where there is none yet.</param>
    public JsonObject Refer(string name, Func<JsonObject> make)
    {
        if (!All.ContainsKey(name))
        {
            // Entered first, because a record may hold itself.
            All[name] = null;
            All[name] = make();
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }
}
