using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Evenhand.Experiments.Reports.Page;
using Evenhand.Learning.Explanations;

namespace Evenhand.Experiments.Explanations;

/// <summary>Attention as HTML: a part of any page, a page of its own, the output of a notebook cell.</summary>
/// <remarks>
/// <para>Layer and head, or the mean of the heads, are chosen. A map has a cell for each pair of pieces, and pointing
/// at a piece of the text, or going to it by the arrow keys, shows in the text and in figures what it attends to or
/// what attends to it. Where scripts do not run, the text and the strongest pairs of each layer remain.</para>
/// <para>Nothing is fetched. Whatever the text contains is shown as text. Every weight is in the page, to
/// 1/65535.</para>
/// </remarks>
public static class AttentionHtml
{
    private const int PairsShown = 5;

    /// <summary>Attention as elements for any page or notebook cell.</summary>
    /// <param name="attention">The attention.</param>
    /// <returns>HTML with its own styles and script. The same attention gives the same text; it may stand in one page
    /// more than once.</returns>
    /// <exception cref="ArgumentNullException">There is no attention.</exception>
    public static string Fragment(TextAttention attention)
    {
        ArgumentNullException.ThrowIfNull(attention);
        return $"<style>{Style}</style>\n{Figure(attention)}<script>{Script}</script>\n";
    }

    /// <summary>A page of one text's attention that needs no other file.</summary>
    /// <param name="attention">The attention.</param>
    /// <param name="title">Title of the page, any text.</param>
    /// <returns>A complete HTML document.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string Page(TextAttention attention, string title)
    {
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentNullException.ThrowIfNull(title);
        return WebPage.Document(title, Figure(attention), Style, Script);
    }

    private static string Style => $"\n{WebPage.Resource("attention.css")}";

    private static string Script => $"\n{WebPage.Resource("attention.js")}";

    private static string Figure(TextAttention attention)
    {
        var names = AttentionText.Names(attention);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <figure class="evenhand-attention" data-heads="{attention.Heads}" data-weights="{Weights(attention)}">
            <figcaption>{WebPage.Encode(AttentionText.Heading(attention))}. {AttentionText.Caveat}</figcaption>

            """);
        if (AttentionText.Cut(attention) is { } cut)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"cut\">{cut}</p>\n");
        }

        WriteControls(html, attention);
        html.Append("<p class=\"pieces\" dir=\"auto\">");
        WriteText(html, attention, names);
        html.Append("</p>\n");
        html.Append("""
            <div class="view" hidden="">
            <p class="readout" role="status"></p>
            <div class="parts">
            <table class="figures"><thead><tr><th scope="col">piece</th><th scope="col">weight</th></tr></thead>
            <tbody></tbody></table>
            <div class="map"><canvas></canvas><div class="chosen"></div></div>
            </div>
            <p class="legend" aria-hidden="true">0 <span class="ramp"></span> <span class="largest"></span></p>
            </div>

            """);
        WritePairs(html, attention, names);
        return html.Append("</figure>\n").ToString().ReplaceLineEndings("\n");
    }

    private static void WriteControls(StringBuilder html, TextAttention attention)
    {
        html.Append("<div class=\"controls\" hidden=\"\">\n<label>Layer <select name=\"layer\">");
        WriteNumbers(html, attention.Layers);
        html.Append("</select></label>\n<label>Head <select name=\"head\"><option value=\"-1\">mean of all</option>");
        WriteNumbers(html, attention.Heads);
        html.Append("</select></label>\n<label>Show <select name=\"side\">");
        html.Append("<option value=\"to\">what a piece attends to</option>");
        html.Append("<option value=\"from\">what attends to a piece</option></select></label>\n</div>\n");
    }

    private static void WriteNumbers(StringBuilder html, int count)
    {
        for (var i = 0; i < count; i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<option value=\"{i}\">{i + 1}</option>");
        }
    }

    private static void WriteText(StringBuilder html, TextAttention attention, IReadOnlyList<string> names)
    {
        var at = 0;
        foreach (var (i, piece) in attention.Pieces.Index())
        {
            var inText = AttentionText.IsInText(attention, i);
            if (inText)
            {
                html.Append(WebPage.Encode(attention.Text[at..piece.Start]));
                at = piece.End;
            }

            var shown = inText ? attention.Text[piece.Start..piece.End] : piece.Token;
            var read = piece.Token == shown ? "" : $" title=\"read as {WebPage.Encode(piece.Token)}\"";
            html.Append(inText ? "<span" : "<span class=\"mark\"");
            html.Append(CultureInfo.InvariantCulture, $" data-piece=\"{WebPage.Encode(names[i])}\"{read}>");
            html.Append(WebPage.Encode(shown)).Append("</span>");
        }

        // What is behind the last piece may be blanks that no piece has.
        var end = Math.Max(at, attention.ReadLength);
        html.Append(WebPage.Encode(attention.Text[at..end]));
        if (end < attention.Text.Length)
        {
            html.Append("<del>").Append(WebPage.Encode(attention.Text[end..])).Append("</del>");
        }
    }

    private static void WritePairs(StringBuilder html, TextAttention attention, IReadOnlyList<string> names)
    {
        html.Append("<details><summary>Strongest pairs of each layer</summary>\n<table>\n<thead><tr>");
        html.Append("<th scope=\"col\">from</th><th scope=\"col\">to</th><th scope=\"col\">mean of heads</th>");
        html.Append("<th scope=\"col\">largest</th><th scope=\"col\">in head</th></tr></thead>\n");
        for (var layer = 0; layer < attention.Layers; layer++)
        {
            html.Append("<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"5\">");
            html.Append(WebPage.Encode(AttentionText.Layer(attention, layer))).Append("</th></tr>\n");
            foreach (var pair in attention.Strongest(layer, PairsShown))
            {
                html.Append("<tr><td dir=\"auto\">").Append(WebPage.Encode(names[pair.From]));
                html.Append("</td><td dir=\"auto\">").Append(WebPage.Encode(names[pair.To]));
                html.Append("</td><td>").Append(AttentionText.Weight(pair.Mean));
                html.Append("</td><td>").Append(AttentionText.Weight(pair.Largest));
                html.Append(CultureInfo.InvariantCulture, $"</td><td>{pair.Head + 1}</td></tr>\n");
            }

            html.Append("</tbody>\n");
        }

        html.Append("</table></details>\n");
    }

    // Two bytes a weight, the low one first: a third of the length of digits.
    private static string Weights(TextAttention attention)
    {
        var pieces = attention.Pieces.Count;
        var bytes = new byte[sizeof(ushort) * attention.Layers * attention.Heads * pieces * pieces];
        var at = bytes.AsSpan();
        for (var row = 0; row < attention.Layers * attention.Heads * pieces; row++)
        {
            var (layer, head) = Math.DivRem(row / pieces, attention.Heads);
            foreach (var weight in attention.Weights(layer, head, row % pieces))
            {
                var share = (ushort)Math.Round(ushort.MaxValue * Math.Clamp(weight, 0f, 1f));
                BinaryPrimitives.WriteUInt16LittleEndian(at, share);
                at = at[sizeof(ushort)..];
            }
        }

        return Convert.ToBase64String(bytes);
    }
}
