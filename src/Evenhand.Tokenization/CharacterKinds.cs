using System.Globalization;
using System.Text;

namespace Evenhand.Tokenization;

/// <summary>What tokenizers ask of a character.</summary>
[Flags]
internal enum CharacterKinds : byte
{
    None = 0,

    /// <summary>General category L.</summary>
    Letter = 1,

    /// <summary>General category N.</summary>
    Number = 2,

    /// <summary>Property White_Space.</summary>
    White = 4,

    /// <summary>General categories Cc, Cf and Co except tabulator and line ends, and the replacement character, which
    /// BERT's cleaning takes out.</summary>
    Control = 8,

    /// <summary>General category P, and every ASCII character that is neither letter, digit, blank nor
    /// control.</summary>
    Punctuation = 16,

    /// <summary>In the blocks of CJK ideographs that BERT makes words of their own.</summary>
    Ideograph = 32,

    /// <summary>General category Mn.</summary>
    NonspacingMark = 64,

    /// <summary>One half of a character beyond the basic plane.</summary>
    Surrogate = 128,
}

/// <summary>The kinds of every character.</summary>
internal static class CharacterTable
{
    private static readonly CharacterKinds[] Kinds = CreateKinds();

    /// <summary>The kinds of the 65,536 UTF-16 characters.</summary>
    public static ReadOnlySpan<CharacterKinds> Basic => Kinds;

    /// <summary>The kinds of any character.</summary>
    public static CharacterKinds Of(Rune rune) => rune.IsBmp ? Kinds[rune.Value] : Classify(rune);

    /// <summary>The kinds of the character that begins at a place, and how many UTF-16 characters it has; a lone
    /// surrogate counts as the replacement character.</summary>
    public static CharacterKinds At(ReadOnlySpan<char> text, int position, out int length)
    {
        var kinds = Kinds[text[position]];
        length = 1;
        if (kinds == CharacterKinds.Surrogate)
        {
            Rune.DecodeFromUtf16(text[position..], out var rune, out length);
            kinds = Of(rune);
        }

        return kinds;
    }

    private static CharacterKinds[] CreateKinds()
    {
        var kinds = new CharacterKinds[char.MaxValue + 1];
        for (var c = 0; c < kinds.Length; c++)
        {
            kinds[c] = char.IsSurrogate((char)c) ? CharacterKinds.Surrogate : Classify(new Rune(c));
        }

        return kinds;
    }

    private static CharacterKinds Classify(Rune rune)
    {
        var kinds = Rune.IsWhiteSpace(rune) ? CharacterKinds.White : CharacterKinds.None;
        var category = Rune.GetUnicodeCategory(rune);
        kinds |= category switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterKinds.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                => CharacterKinds.Number,
            UnicodeCategory.NonSpacingMark => CharacterKinds.NonspacingMark,
            UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
                or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.OtherPunctuation => CharacterKinds.Punctuation,
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                when rune.Value is not ('\t' or '\n' or '\r') => CharacterKinds.Control,
            _ => CharacterKinds.None,
        };
        if (rune.Value == Rune.ReplacementChar.Value)
        {
            kinds |= CharacterKinds.Control;
        }

        if (rune.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~'))
        {
            kinds |= CharacterKinds.Punctuation;
        }

        return IsIdeograph(rune.Value) ? kinds | CharacterKinds.Ideograph : kinds;
    }

    // CJK unified ideographs, extensions A to E, compatibility ideographs and their supplement: the blocks listed in
    // tokenization.py of google-research/bert.
    private static bool IsIdeograph(int rune) =>
        rune is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F)
            or (>= 0x2B820 and <= 0x2CEAF) or (>= 0x2F800 and <= 0x2FA1F);
}
