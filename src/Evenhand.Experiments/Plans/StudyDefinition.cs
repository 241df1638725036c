using System.Text.Json;
using System.Text.Json.Serialization;
using Evenhand.Configuration;
using Evenhand.Experiments.Extensions;

namespace Evenhand.Experiments.Plans;

/// <summary>What a study was made from: enough to run on, and to show its leaderboard without the data.</summary>
public sealed record StudyDefinition
{
    /// <summary>Full path of the experiment file; relative names in it start there.</summary>
    public required string File { get; init; }

    /// <summary>Text of the experiment file when the study was made.</summary>
    public required string Text { get; init; }

    /// <summary>The values put in the place of the file's, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Overrides { get; init; }

    /// <summary>The data when the study was made.</summary>
    public required DatasetFacts Dataset { get; init; }

    /// <summary>Version of Evenhand that made the study.</summary>
    public required string Version { get; init; }

    /// <summary>Whether options have conditions, and those that are now part of others their names there. Studies of
    /// earlier versions keep the space that they began with.</summary>
    /// <value>false, as in studies of earlier versions</value>
    public bool Conditions { get; init; }

    /// <summary>The assemblies that the experiment names, as they were when the study was made.</summary>
    /// <value>none, as in studies of earlier versions</value>
    [JsonIgnore]
    public IReadOnlyList<ExtensionRecord> Extensions { get => field ?? []; init; }

    /// <summary>The extensions as JSON. Most studies have none, and what is needed to read them is then not made: it
    /// would take a twentieth of the time of a leaderboard.</summary>
    [JsonInclude]
    [JsonPropertyName("extensions")]
    internal JsonElement ExtensionsJson
    {
        get => JsonSerializer.SerializeToElement(Extensions, ExtensionJsonContext.Default.IReadOnlyListExtensionRecord);
        init => Extensions = value.ValueKind == JsonValueKind.Undefined
            || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)
                ? []
                : value.Deserialize(ExtensionJsonContext.Default.IReadOnlyListExtensionRecord)!;
    }

    /// <summary>The definition as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DefinitionJsonContext.Default.StudyDefinition);

    /// <summary>The definition from its JSON.</summary>
    /// <exception cref="InputException">It is not what this version of Evenhand writes.</exception>
    public static StudyDefinition FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DefinitionJsonContext.Default.StudyDefinition)
                ?? throw new JsonException("A study definition is a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"The study's definition cannot be read; another version of Evenhand made it: {e.Message}", e);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StudyDefinition))]
internal sealed partial class DefinitionJsonContext : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<ExtensionRecord>))]
internal sealed partial class ExtensionJsonContext : JsonSerializerContext;
