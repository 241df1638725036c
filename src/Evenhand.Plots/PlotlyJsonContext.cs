using System.Text.Json.Serialization;

namespace Evenhand.Plots;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlotlyFigure))]
internal sealed partial class PlotlyJsonContext : JsonSerializerContext;
