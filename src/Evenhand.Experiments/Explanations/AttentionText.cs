using System.Globalization;
using Evenhand.Learning.Explanations;

namespace Evenhand.Experiments.Explanations;

/// <summary>Attention in words and figures, as every form of it shows.</summary>
public static class AttentionText
{
    /// <summary>What must be known to read any attention; one sentence.</summary>
    public const string Caveat = "It tells where a layer looks, not what the prediction owes to a word.";

    /// <summary>How much there is; one line without its end.</summary>
    /// <exception cref="ArgumentNullException">There is no attention.</exception>
    public static string Heading(TextAttention attention)
    {
        ArgumentNullException.ThrowIfNull(attention);
        return $"Attention in {Count(attention.Layers, "layer")} of {Count(attention.Heads, "head")} between "
            + $"{Count(attention.Pieces.Count, "piece")}{MarksAmong(attention)}";
    }

    /// <summary>That the model does not read all of the text, and from where on; null where it does.</summary>
    /// <exception cref="ArgumentNullException">There is no attention.</exception>
    public static string? Cut(TextAttention attention)
    {
        ArgumentNullException.ThrowIfNull(attention);
        var unread = attention.Text.Length - attention.ReadLength;
        return unread == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The text is too long for the model: the last {unread} of {attention.Text.Length} characters are not "
            + $"read.");
    }

    /// <summary>How much of a layer's attention goes to what the model has added to the text; one line without its
    /// end.</summary>
    /// <param name="attention">The attention.</param>
    /// <param name="layer">From 0.</param>
    /// <exception cref="ArgumentNullException">There is no attention.</exception>
    public static string Layer(TextAttention attention, int layer)
    {
        ArgumentNullException.ThrowIfNull(attention);
        var marks = string.Join(" and ", Marks(attention));
        return string.Create(CultureInfo.InvariantCulture, $"Layer {layer + 1}") + (marks.Length == 0
            ? ""
            : $": {Weight(attention.MarkShare(layer))} of the attention goes to {marks}");
    }

    /// <summary>What to call each piece: as the text has it, and as the model's vocabulary has it where it does not
    /// stand in the text on its own. Where several look the same, their places, from 1, tell them apart.</summary>
    /// <exception cref="ArgumentNullException">There is no attention.</exception>
    public static IReadOnlyList<string> Names(TextAttention attention)
    {
        ArgumentNullException.ThrowIfNull(attention);
        var pieces = Enumerable.Range(0, attention.Pieces.Count).Select(i => Name(attention, i)).ToArray();
        var counts = pieces.CountBy(name => name, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        return [.. pieces.Select((name, i) => counts[name] == 1
            ? name
            : string.Create(CultureInfo.InvariantCulture, $"{name} ({i + 1})"))];
    }

    /// <summary>A weight or a mean of weights.</summary>
    public static string Weight(double weight) => weight.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Whether a piece has characters of its own: not so marks, nor parts of a character that begin within the
    /// piece before them.</summary>
    internal static bool IsInText(TextAttention attention, int piece)
    {
        var pieces = attention.Pieces;
        return !pieces[piece].IsMark
            && (piece == 0 || pieces[piece - 1].IsMark || pieces[piece - 1].End <= pieces[piece].Start);
    }

    private static string Name(TextAttention attention, int piece)
    {
        var (token, start, end) = attention.Pieces[piece];
        var inText = IsInText(attention, piece) ? attention.Text[start..end].Trim() : "";
        return inText.Length > 0 ? inText : token;
    }

    private static string MarksAmong(TextAttention attention)
    {
        var marks = Marks(attention);
        return marks.Length == 0 ? "" : $", {string.Join(" and ", marks)} among them";
    }

    private static string[] Marks(TextAttention attention) =>
        [.. attention.Pieces.Where(piece => piece.IsMark).Select(piece => piece.Token).Distinct()];

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
