using System.Text.Json;
using System.Text.Json.Serialization;
using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Storage;

/// <summary>The columns of a stored trial that are JSON. Measures that are not finite are the strings NaN, Infinity and
/// -Infinity.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ParameterSet))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class TrialJson : JsonSerializerContext
{
    public static string Write(ParameterSet parameters) => JsonSerializer.Serialize(parameters, Default.ParameterSet);

    public static string Write(IReadOnlyDictionary<string, double> measures) =>
        JsonSerializer.Serialize(new Dictionary<string, double>(measures), Default.DictionaryStringDouble);

    public static ParameterSet ReadParameters(string json) =>
        JsonSerializer.Deserialize(json, Default.ParameterSet) ?? throw new JsonException("The parameters are null.");

    public static Dictionary<string, double> ReadMeasures(string json) =>
        JsonSerializer.Deserialize(json, Default.DictionaryStringDouble)
            ?? throw new JsonException("The measures are null.");
}
