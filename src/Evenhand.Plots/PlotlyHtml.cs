using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Evenhand.Plots;

/// <summary>Figures as HTML: a part of a page, a page of its own, or the output of a notebook cell.</summary>
/// <remarks>Nothing here asks the network for anything.</remarks>
public static class PlotlyHtml
{
    private const double DefaultHeight = 450;

    /// <summary>An element and a script that draws the figure into it, for a page that has plotly.js already.</summary>
    /// <param name="figure">The figure.</param>
    /// <returns>HTML. The same figure gives the same text; it may stand in one page more than once.</returns>
    /// <exception cref="ArgumentNullException">There is no figure.</exception>
    public static string Fragment(PlotlyFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var json = figure.ToJson();
        var key = Key(json);
        return $"{Placeholder(figure, key)}\n<script>{Draw(key, json)}</script>\n";
    }

    /// <summary>A page that shows the figure and needs no other file.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="title">Title of the page, any text.</param>
    /// <returns>A complete HTML document with plotly.js inside.</returns>
    /// <exception cref="ArgumentNullException">There is no figure or no title.</exception>
    public static string Page(PlotlyFigure figure, string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <script>{PlotlyLibrary.Script}</script>
            </head>
            <body>
            {Fragment(figure)}</body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>HTML that any notebook front end shows as the figure: Jupyter, Polyglot Notebooks, VS Code.</summary>
    /// <remarks>Every output carries plotly.js, compressed, and the first one on a page unpacks it, so that a saved
    /// notebook shows its figures without a kernel and without a network. In a .NET kernel, show it with
    /// <c>PlotlyHtml.Notebook(figure).DisplayAs("text/html")</c>.</remarks>
    /// <param name="figure">The figure.</param>
    /// <returns>HTML of about half a megabyte.</returns>
    /// <exception cref="ArgumentNullException">There is no figure.</exception>
    public static string Notebook(PlotlyFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var json = figure.ToJson();
        var key = Key(json);
        var library = Convert.ToBase64String(PlotlyLibrary.Compressed.Span);
        return $$"""
            {{Placeholder(figure, key)}}
            <script>(() => {
            const unpack = async () => {
              const bytes = Uint8Array.from(atob("{{library}}"), c => c.charCodeAt(0));
              const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
              const script = document.createElement("script");
              script.textContent = await new Response(stream).text();
              document.head.append(script);
            };
            window.evenhandPlotly ??= window.Plotly ? Promise.resolve() : unpack();
            window.evenhandPlotly.then(() => {{{Draw(key, json)}}});
            })();</script>

            """.ReplaceLineEndings("\n");
    }

    private static string Placeholder(PlotlyFigure figure, string key)
    {
        var height = (figure.Layout.Height ?? DefaultHeight).ToString(CultureInfo.InvariantCulture);
        return $"<div data-evenhand-figure=\"{key}\" style=\"width:100%;min-height:{height}px\"></div>";
    }

    // Found by content and not by a running number: outputs of an earlier kernel may stand in the same notebook.
    private static string Draw(string key, string json) =>
        "{const f=" + json + ";document.querySelectorAll('[data-evenhand-figure=\"" + key + "\"]:empty')" +
        ".forEach(e=>Plotly.newPlot(e,f.data,f.layout,f.config));}";

    private static string Key(string json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 8));
}
