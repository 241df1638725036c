namespace Evenhand.Tokenization;

/// <summary>One place of a template.</summary>
/// <param name="Text">0 or 1: the tokens of that text; <see cref="SubwordToken.Added"/>: one token.</param>
/// <param name="Id">The token, where it is one.</param>
/// <param name="Segment">Segment id of what stands there.</param>
internal readonly record struct TemplatePlace(int Text, int Id, int Segment);

/// <summary>Which tokens stand around one text and around two. Immutable.</summary>
internal sealed class SequenceTemplate(IReadOnlyList<TemplatePlace> single, IReadOnlyList<TemplatePlace> pair)
{
    /// <summary>The text as it is; two texts one after the other, in segments of their own.</summary>
    public static SequenceTemplate Plain { get; } = new([Of(0, 0)], [Of(0, 0), Of(1, 1)]);

    public IReadOnlyList<TemplatePlace> Single { get; } = single;

    public IReadOnlyList<TemplatePlace> Pair { get; } = pair;

    /// <summary>Number of tokens around one text.</summary>
    public int AddedToSingle { get; } = single.Count(p => p.Text == SubwordToken.Added);

    /// <summary>Number of tokens around two texts.</summary>
    public int AddedToPair { get; } = pair.Count(p => p.Text == SubwordToken.Added);

    /// <summary><c>[CLS] A [SEP] B [SEP]</c>, the second text and its end in segment 1 (Devlin et al. 2019).</summary>
    public static SequenceTemplate Bert(int classId, int separator)
    {
        TemplatePlace[] single = [Token(classId, 0), Of(0, 0), Token(separator, 0)];
        return new(single, [.. single, Of(1, 1), Token(separator, 1)]);
    }

    /// <summary><c>&lt;s&gt; A &lt;/s&gt;&lt;/s&gt; B &lt;/s&gt;</c>, all in segment 0 (Liu et al. 2019).</summary>
    public static SequenceTemplate Roberta(int classId, int separator)
    {
        TemplatePlace[] single = [Token(classId, 0), Of(0, 0), Token(separator, 0)];
        return new(single, [.. single, Token(separator, 0), Of(1, 0), Token(separator, 0)]);
    }

    /// <summary>The tokens of one text in their places.</summary>
    public SubwordToken[] Fill(ReadOnlySpan<SubwordToken> text) => Fill(Single, text, []);

    /// <summary>The tokens of two texts in their places.</summary>
    public SubwordToken[] Fill(ReadOnlySpan<SubwordToken> first, ReadOnlySpan<SubwordToken> second) =>
        Fill(Pair, first, second);

    /// <summary>How many tokens of two texts are kept where they may have so many together: the longer is cut
    /// first.</summary>
    /// <remarks>As the strategy <c>longest_first</c> of Hugging Face's tokenizers: where both must be cut, the second
    /// gets the odd token.</remarks>
    public static (int First, int Second) Truncate(int first, int second, int room)
    {
        var (shorter, longer) = first <= second ? (first, second) : (second, first);
        if ((long)shorter + longer <= room)
        {
            return (first, second);
        }

        (shorter, longer) = shorter <= room / 2 ? (shorter, room - shorter) : (room / 2, room - (room / 2));
        return first <= second ? (shorter, longer) : (longer, shorter);
    }

    private static TemplatePlace Of(int text, int segment) => new(text, 0, segment);

    private static TemplatePlace Token(int id, int segment) => new(SubwordToken.Added, id, segment);

    private static SubwordToken[] Fill(
        IReadOnlyList<TemplatePlace> places, ReadOnlySpan<SubwordToken> first, ReadOnlySpan<SubwordToken> second)
    {
        var length = 0;
        foreach (var place in places)
        {
            length += place.Text switch { 0 => first.Length, 1 => second.Length, _ => 1 };
        }

        var tokens = new SubwordToken[length];
        var next = 0;
        foreach (var place in places)
        {
            if (place.Text == SubwordToken.Added)
            {
                tokens[next++] = new SubwordToken(place.Id, 0, 0, place.Segment, SubwordToken.Added);
                continue;
            }

            foreach (var token in place.Text == 0 ? first : second)
            {
                tokens[next++] = token with { Segment = place.Segment, Text = place.Text };
            }
        }

        return tokens;
    }
}
