using System.Globalization;
using Evenhand.Experiments.Explanations;
using Evenhand.Learning.Explanations;
using Spectre.Console;

namespace Evenhand.Cli.Output;

/// <summary>Shows where the layers of a transformer look: for each, how much goes to marks, and a table of the
/// strongest pairs of pieces of the text.</summary>
internal static class AttentionScreen
{
    /// <summary>Prints the attention between the pieces of a text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="row">Row of the file, from 1; null where the text is of none.</param>
    /// <param name="attention">The attention.</param>
    /// <param name="top">How many pairs the table of a layer has.</param>
    public static void Write(TextWriter output, int? row, TextAttention attention, int top)
    {
        var prefix = row is { } number ? string.Create(CultureInfo.InvariantCulture, $"Row {number}. ") : "";
        var names = AttentionText.Names(attention);
        output.WriteLine(prefix + AttentionText.Heading(attention));
        ConsoleTable.WriteParagraph(output, new Paragraph(Printable.Text(attention.Text)));
        if (AttentionText.Cut(attention) is { } cut)
        {
            output.WriteLine(cut);
        }

        output.WriteLine(AttentionText.Caveat);

        for (var layer = 0; layer < attention.Layers; layer++)
        {
            output.WriteLine();
            output.WriteLine(AttentionText.Layer(attention, layer));
            var pairs = attention.Strongest(layer, top);
            if (pairs.Count > 0)
            {
                WritePairs(output, pairs, names);
            }
        }

        output.WriteLine();
    }

    private static void WritePairs(
        TextWriter output, IReadOnlyList<AttentionPair> pairs, IReadOnlyList<string> names) =>
        ConsoleTable.Write(
            output,
            [("From", false), ("To", false), ("Mean of heads", true), ("Largest", true), ("In head", true)],
            pairs.Select(pair => (IReadOnlyList<string>)
            [
                names[pair.From],
                names[pair.To],
                AttentionText.Weight(pair.Mean),
                AttentionText.Weight(pair.Largest),
                (pair.Head + 1).ToString(CultureInfo.InvariantCulture),
            ]));
}
