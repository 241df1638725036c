using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Evenhand.Plots;

/// <summary>The two forms in which figures are written.</summary>
internal static class PlotlyJson
{
    public static PlotlyJsonContext Compact { get; } = With(indented: false);

    public static PlotlyJsonContext Indented { get; } = With(indented: true);

    // Letters of every script stay readable; the encoder still escapes what could end an HTML script element.
    private static PlotlyJsonContext With(bool indented) =>
        new(new JsonSerializerOptions(PlotlyJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            WriteIndented = indented,
            NewLine = "\n",
        });
}
