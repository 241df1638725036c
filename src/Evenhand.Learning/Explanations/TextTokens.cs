using System.Buffers;
using System.Globalization;
using System.Text;

namespace Evenhand.Learning;

/// <summary>The tokens of a text that explanations speak of, whatever units the model itself has.</summary>
/// <remarks>A token is a run of letters, marks and digits, with apostrophes between letters; or one Chinese character or
/// Japanese syllable; or a run of other signs, such as <c>!!!</c> or a face. Blanks belong to none. Each other character
/// does, so that nothing a model reads is without a token.</remarks>
internal static class TextTokens
{
    private enum Kind
    {
        Blank,
        Word,
        Alone,
        Sign,
    }

    /// <summary>Start and end of each token, in order.</summary>
    public static List<(int Start, int End)> Find(string text)
    {
        var tokens = new List<(int Start, int End)>();
        var (start, last) = (0, Kind.Blank);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            var kind = IsInnerApostrophe(text, at, last) ? Kind.Word : KindOf(rune);
            if (kind != last || kind == Kind.Alone)
            {
                if (last != Kind.Blank)
                {
                    tokens.Add((start, at));
                }

                (start, last) = (at, kind);
            }

            at += length;
        }

        if (last != Kind.Blank)
        {
            tokens.Add((start, text.Length));
        }

        return tokens;
    }

    /// <summary>The text with the given tokens blank.</summary>
    public static string Without(string text, List<(int Start, int End)> tokens, Func<int, bool> isRemoved) =>
        string.Create(text.Length, (text, tokens, isRemoved), static (target, state) =>
        {
            state.text.CopyTo(target);
            for (var token = 0; token < state.tokens.Count; token++)
            {
                if (state.isRemoved(token))
                {
                    target[state.tokens[token].Start..state.tokens[token].End].Fill(' ');
                }
            }
        });

    private static bool IsInnerApostrophe(string text, int at, Kind last) =>
        text[at] is '\'' or '\u2019' && last == Kind.Word && at + 1 < text.Length && char.IsLetter(text[at + 1]);

    private static Kind KindOf(Rune rune)
    {
        if (Rune.IsWhiteSpace(rune))
        {
            return Kind.Blank;
        }

        if (StandsAlone(rune.Value))
        {
            return Kind.Alone;
        }

        return Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            ? Kind.Word
            : Kind.Sign;
    }

    // Unicode blocks: Hiragana and Katakana (but for the middle dot), CJK extension A, CJK unified, CJK compatibility,
    // half-width Katakana, and planes 2 and 3 (CJK extensions B and later).
    private static bool StandsAlone(int rune) => rune
        is (>= 0x3040 and <= 0x30FF and not 0x30FB) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9D) or (>= 0x20000 and <= 0x3FFFF);
}
