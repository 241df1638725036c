using System.Buffers;
using System.Globalization;
using System.Text;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Explanations;

/// <summary>The tokens of a text that explanations speak of, whatever units the model itself has.</summary>
/// <remarks>A token is a run of letters and digits, with apostrophes between letters; or one character of a script
/// without blanks, such as Chinese; or a run of other signs, such as <c>!!!</c> or a face. Marks belong to the
/// character before them. Blanks belong to none; each other character does, so that nothing a model reads is without a
/// token.</remarks>
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
            var continues = last != Kind.Blank && (IsMark(rune) || IsInnerApostrophe(text, at, last));
            var kind = continues ? last : KindOf(rune);
            if (!continues && (kind != last || kind == Kind.Alone))
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

        if (NgramHasher.IsUnspaced(rune))
        {
            return Kind.Alone;
        }

        return IsMark(rune) || Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            ? Kind.Word
            : Kind.Sign;
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
