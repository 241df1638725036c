namespace Evenhand.Tokenization;

/// <summary>Splits a text into words as GPT-2 does.</summary>
/// <remarks>
/// Radford et al. 2019: the matches, one after the other, of
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>. Every character is in one word.
/// A lone surrogate counts as the replacement character.
/// </remarks>
internal static class GptWords
{
    private const CharacterKinds Known = CharacterKinds.Letter | CharacterKinds.Number | CharacterKinds.White;

    /// <summary>Where the word that begins at a place ends, exclusive.</summary>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && Contraction(text[(start + 1)..]) is > 0 and var letters)
        {
            return start + 1 + letters;
        }

        var first = start;
        if (text[start] == ' ' && start + 1 < text.Length)
        {
            first++;
        }

        var kind = CharacterTable.At(text, first, out var length) & Known;
        if (kind == CharacterKinds.White)
        {
            return Blanks(text, start);
        }

        var end = first + length;
        while (end < text.Length && (CharacterTable.At(text, end, out length) & Known) == kind)
        {
            end += length;
        }

        return end;
    }

    private static int Contraction(ReadOnlySpan<char> rest) => rest switch
    {
        ['s' or 't' or 'm' or 'd', ..] => 1,
        ['r' or 'v', 'e', ..] or ['l', 'l', ..] => 2,
        _ => 0,
    };

    // All blanks up to the end of the text; before a word all but the last, which may belong to the word.
    private static int Blanks(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && (CharacterTable.Basic[text[end]] & CharacterKinds.White) != 0)
        {
            end++;
        }

        return end == text.Length || end == start + 1 ? end : end - 1;
    }
}
