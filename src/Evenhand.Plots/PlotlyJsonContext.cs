using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Evenhand.Plots;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlotlyFigure))]
internal sealed partial class PlotlyJsonContext : JsonSerializerContext
{
    public static PlotlyJsonContext Compact { get; } = new(With(indented: false));

    public static PlotlyJsonContext Indented { get; } = new(With(indented: true));

    // Letters of every script stay readable; the encoder still escapes what could end an HTML script element.
    private static JsonSerializerOptions With(bool indented) => new(Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = indented,
        NewLine = "\n",
    };
}
