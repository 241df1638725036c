using System.Globalization;
using System.Text;
using Evenhand.Experiments.Reports.Page;
using Evenhand.Learning.Explanations;

namespace Evenhand.Experiments.Explanations;

/// <summary>Explained texts as HTML: a part of any page, a page of its own, the output of a notebook cell.</summary>
/// <remarks>
/// <para>A token's ground is blue where it speaks for the class and orange where it speaks against it, the stronger
/// the more it weighs; the two are told apart by any kind of colour vision, and an underline, solid or dashed, says the
/// same without colour. A list of figures stands below for screen readers and for everybody else.</para>
/// <para>Nothing runs, and nothing is fetched. Whatever the texts contain is shown as text.</para>
/// </remarks>
public static class ExplanationHtml
{
    private const int FiguresShown = 20;
    private const int TokensTold = 5;

    // Ends of the scale of blue and orange, RGB, and how much of them is mixed with white at most: dark ink on them
    // keeps a contrast of more than 7 to 1.
    private const double Strongest = 0.62;

    private static readonly (int Red, int Green, int Blue) For = (33, 102, 172);
    private static readonly (int Red, int Green, int Blue) Against = (224, 130, 20);

    /// <summary>An explained text as an element for any page or notebook cell.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <returns>HTML with its own styles. The same explanation gives the same text.</returns>
    /// <exception cref="ArgumentNullException">There is no explanation.</exception>
    public static string Fragment(TextExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        var html = new StringBuilder();
        var largest = explanation.Tokens.Select(token => Math.Abs(token.Value)).DefaultIfEmpty().Max();
        html.Append(CultureInfo.InvariantCulture, $"""
            <figure style="margin:1em 0;max-width:60em" aria-label="{WebPage.Encode(Describe(explanation))}">
            <figcaption style="margin-bottom:.4em">{WebPage.Encode(ExplanationText.Heading(explanation))}</figcaption>

            """);
        html.Append("<p dir=\"auto\" style=\"margin:0;line-height:1.9;white-space:pre-wrap;overflow-wrap:anywhere\">");
        WriteText(html, explanation, largest);
        html.Append("</p>\n");
        if (largest > 0)
        {
            WriteLegend(html, largest);
            WriteFigures(html, explanation);
        }

        return html.Append("</figure>\n").ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A page of explained texts that needs no other file.</summary>
    /// <param name="explanations">The explanations, in order.</param>
    /// <param name="title">Title of the page, any text.</param>
    /// <returns>A complete HTML document.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string Page(IEnumerable<TextExplanation> explanations, string title)
    {
        ArgumentNullException.ThrowIfNull(explanations);
        ArgumentNullException.ThrowIfNull(title);
        return WebPage.Document(title, string.Concat(explanations.Select(Fragment)));
    }

    private static void WriteText(StringBuilder html, TextExplanation explanation, double largest)
    {
        var at = 0;
        foreach (var token in explanation.Tokens)
        {
            html.Append(WebPage.Encode(explanation.Text[at..token.Start]));
            at = token.End;

            // Below a hundredth of the largest no colour could be seen.
            var encoded = WebPage.Encode(token.Token);
            html.Append(Math.Abs(token.Value) > largest / 100
                ? $"<span style=\"{Style(token.Value / largest)}\" title=\"{Number(token.Value)}\">{encoded}</span>"
                : encoded);
        }

        html.Append(WebPage.Encode(explanation.Text[at..]));
    }

    private static void WriteLegend(StringBuilder html, double largest)
    {
        html.Append("<p style=\"margin:.4em 0;font-size:85%\" aria-hidden=\"true\">against ");
        foreach (var share in new[] { -1, -0.5, 0.5, 1 })
        {
            html.Append(
                CultureInfo.InvariantCulture, $"<span style=\"{Style(share)}\">{Number(share * largest)}</span> ");
        }

        html.Append("for</p>\n");
    }

    private static void WriteFigures(StringBuilder html, TextExplanation explanation)
    {
        html.Append("<details style=\"font-size:85%\"><summary>Figures</summary>\n<table>\n");
        html.Append("<thead><tr><th scope=\"col\">token</th><th scope=\"col\">adds</th></tr></thead>\n<tbody>\n");
        foreach (var token in explanation.Top(FiguresShown).Where(token => token.Value != 0))
        {
            html.Append("<tr><td dir=\"auto\">").Append(WebPage.Encode(token.Token));
            html.Append("</td><td style=\"text-align:right\">").Append(Number(token.Value)).Append("</td></tr>\n");
        }

        html.Append("</tbody>\n</table></details>\n");
    }

    /// <summary>What the colours say, in words.</summary>
    private static string Describe(TextExplanation explanation)
    {
        var told = explanation.Top(TokensTold).Where(token => token.Value != 0).ToArray();
        return ExplanationText.Heading(explanation) + (told.Length == 0
            ? ". No token speaks for the class or against it."
            : $". The heaviest tokens: {string.Join(", ", told.Select(t => $"{t.Token} {Number(t.Value)}"))}.");
    }

    /// <param name="share">Of the largest attribution, in [-1, 1].</param>
    private static string Style(double share)
    {
        var (red, green, blue) = share > 0 ? For : Against;
        var strength = Strongest * Math.Abs(share);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"background:#{Mix(red):x2}{Mix(green):x2}{Mix(blue):x2};color:#000;border-radius:.2em;padding:.1em 0;"
            + $"text-decoration:underline {(share > 0 ? "solid" : "dashed")} 1px;text-underline-offset:.25em");

        int Mix(int end) => (int)Math.Round(255 + (strength * (end - 255)));
    }

    private static string Number(double value) => ExplanationText.Signed(value);
}
