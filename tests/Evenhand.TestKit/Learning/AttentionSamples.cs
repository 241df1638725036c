using Evenhand.Learning.Explanations;

namespace Evenhand.TestKit.Learning;

/// <summary>Attention that tests can follow by hand.</summary>
public static class AttentionSamples
{
    /// <summary>"so &lt;b&gt; so": [CLS] so &lt;b&gt; so [SEP], in one layer of two heads. Each piece of the first head
    /// looks at the next one, the last at the first; those of the second look at all alike.</summary>
    /// <param name="first">First and last word.</param>
    /// <param name="second">The word between.</param>
    /// <param name="unread">How many characters behind them the model does not read.</param>
    public static TextAttention Of(string first = "so", string second = "<b>", int unread = 0)
    {
        var text = $"{first} {second} {first}";
        var start = first.Length + 1 + second.Length + 1;
        AttentionPiece[] pieces =
        [
            new("[CLS]", 0, 0),
            new("first", 0, first.Length),
            new(second, first.Length + 1, start - 1),
            new("##first", start, text.Length),
            new("[SEP]", 0, 0),
        ];
        var weights = new float[2 * 25];
        for (var from = 0; from < 5; from++)
        {
            weights[(5 * from) + ((from + 1) % 5)] = 1;
            weights.AsSpan(25 + (5 * from), 5).Fill(0.2f);
        }

        return new TextAttention(text + new string('x', unread), pieces, 1, 2, weights) { ReadLength = text.Length };
    }
}
