using System.Globalization;
using Evenhand.Experiments.Explanations;
using Evenhand.Learning.Explanations;
using Spectre.Console;

namespace Evenhand.Cli.Output;

/// <summary>Shows explained texts: tokens on grounds of blue (for the class) and orange (against it) where the output
/// is a terminal with colours, and a table of the heaviest tokens with bars anywhere.</summary>
internal static class ExplanationScreen
{
    private const int BarLength = 20;

    /// <summary>Prints one explained text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="row">Row of the file, from 1; null where the text is of none.</param>
    /// <param name="explanation">The explanation.</param>
    /// <param name="top">How many tokens the table has.</param>
    public static void Write(TextWriter output, int? row, TextExplanation explanation, int top)
    {
        var prefix = row is { } number ? string.Create(CultureInfo.InvariantCulture, $"Row {number}. ") : "";
        output.WriteLine(prefix + ExplanationText.Heading(explanation));
        var largest = explanation.Tokens.Select(t => Math.Abs(t.Value)).DefaultIfEmpty().Max();
        ConsoleTable.WriteParagraph(output, Paragraph(explanation, largest));
        var shown = explanation.Top(top).Where(token => token.Value != 0).ToArray();
        if (shown.Length > 0)
        {
            ConsoleTable.Write(
                output,
                [("Token", false), ("Adds", true), ("", false)],
                shown.Select(token => (IReadOnlyList<string>)
                [
                    token.Token,
                    ExplanationText.Signed(token.Value),
                    Bar(token.Value / largest),
                ]));
        }

        output.WriteLine();
    }

    /// <summary>Prints which tokens move predictions over many texts.</summary>
    public static void Write(TextWriter output, TokenInfluences influences, int top)
    {
        var groups = influences.Groups.Keys.ToArray();
        output.WriteLine($"Class {influences.Class}: what tokens add to its {Unit(influences.Quantity)} "
            + $"({ExplanationText.Name(influences.Method)}); heaviest in all first");
        ConsoleTable.Write(
            output,
            [
                ("Token", false), ("Texts", true), ("Mean", true), ("Mean size", true),
                .. groups.Select(group => (string.Create(
                    CultureInfo.InvariantCulture, $"{group} ({influences.Groups[group]})"), true)),
            ],
            influences.Tokens.Take(top).Select(token => (IReadOnlyList<string>)
            [
                token.Token,
                token.Texts.ToString(CultureInfo.InvariantCulture),
                ExplanationText.Signed(token.Mean),
                token.MeanAbsolute.ToString("0.000", CultureInfo.InvariantCulture),
                .. groups.Select(group => ExplanationText.Signed(token.Groups[group], 4)),
            ]));
        if (groups.Length > 0)
        {
            output.WriteLine(
                "Mean: over the texts that have the token. Columns of groups: over all texts of the group.");
        }
    }

    private static Paragraph Paragraph(TextExplanation explanation, double largest)
    {
        var paragraph = new Paragraph();
        var at = 0;
        foreach (var token in explanation.Tokens)
        {
            paragraph.Append(Printable.Text(explanation.Text[at..token.Start]));
            paragraph.Append(Printable.Text(token.Token), Style(largest == 0 ? 0 : token.Value / largest));
            at = token.End;
        }

        return paragraph.Append(Printable.Text(explanation.Text[at..]));
    }

    private static string Bar(double share) =>
        new(share > 0 ? '#' : '-', (int)Math.Ceiling(BarLength * Math.Abs(share)));

    // Three strengths for each sign; black on any of them can be read.
    private static Style? Style(double share) => Math.Abs(share) switch
    {
        <= 0.05 => null,
        <= 0.33 => new Style(Color.Black, share > 0 ? Color.LightSkyBlue1 : Color.NavajoWhite1),
        <= 0.67 => new Style(Color.Black, share > 0 ? Color.SkyBlue1 : Color.SandyBrown),
        _ => new Style(Color.Black, share > 0 ? Color.DeepSkyBlue1 : Color.DarkOrange),
    };

    private static string Unit(ExplainedQuantity quantity) =>
        quantity == ExplainedQuantity.Score ? "score" : "probability";
}
