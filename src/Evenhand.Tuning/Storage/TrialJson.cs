using System.Text.Json;
using System.Text.Json.Serialization;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Tuning.Storage;

/// <summary>The columns of a stored trial that are JSON. Measures that are not finite are the strings NaN, Infinity and
/// -Infinity.</summary>
[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ParameterSet))]
[JsonSerializable(typeof(Dictionary<string, double>))]
[JsonSerializable(typeof(List<TrialReport>))]
internal sealed partial class TrialJson : JsonSerializerContext
{
    public static string Write(ParameterSet parameters) => JsonSerializer.Serialize(parameters, Default.ParameterSet);

    public static string Write(IReadOnlyDictionary<string, double> measures) =>
        JsonSerializer.Serialize(new Dictionary<string, double>(measures), Default.DictionaryStringDouble);

    /// <summary>Null where there is no report, as trials of older versions have it.</summary>
    public static string? Write(IReadOnlyList<TrialReport> reports) => reports.Count == 0
        ? null
        : JsonSerializer.Serialize([.. reports], Default.ListTrialReport);

    public static ParameterSet ReadParameters(string json) =>
        JsonSerializer.Deserialize(json, Default.ParameterSet) ?? throw new JsonException("The parameters are null.");

    public static Dictionary<string, double> ReadMeasures(string json) =>
        JsonSerializer.Deserialize(json, Default.DictionaryStringDouble)
            ?? throw new JsonException("The measures are null.");

    public static IReadOnlyList<TrialReport> ReadReports(string? json) => json is null
        ? []
        : JsonSerializer.Deserialize(json, Default.ListTrialReport)
            ?? throw new JsonException("The reports are null.");
}
