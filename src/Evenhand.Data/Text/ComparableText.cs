using System.Buffers;
using System.Text;

namespace Evenhand.Data.Text;

/// <summary>Texts as they are compared: what looks alike is alike.</summary>
/// <remarks>Unicode's normalization form KC (composed and decomposed letters, half and full widths, ligatures); one
/// apostrophe, one hyphen and one blank for all that are drawn alike; characters that are not drawn are left
/// out.</remarks>
internal static class ComparableText
{
    private const char Nothing = '\0';

    private static readonly SearchValues<char> Folded = SearchValues.Create(
        [.. Enumerable.Range(0x80, char.MaxValue - 0x7F).Select(c => (char)c).Where(c => Fold(c) != c)]);

    /// <summary>Whether a text is compared as it is.</summary>
    public static bool IsComparable(ReadOnlySpan<char> text) =>
        Ascii.IsValid(text) || (UnicodeNormalizer.IsNormal(text) && !text.ContainsAny(Folded));

    /// <summary>A text as it is compared.</summary>
    public static string Of(string text)
    {
        if (IsComparable(text))
        {
            return text;
        }

        var target = new TextBuffer();
        Write(text, target);
        return target.Characters.ToString();
    }

    /// <summary>Appends a text as it is compared, with the place from which each character comes.</summary>
    public static void Write(ReadOnlySpan<char> text, TextBuffer target)
    {
        var folded = new TextBuffer();
        for (var i = 0; i < text.Length; i++)
        {
            if (Fold(text[i]) is var character and not Nothing)
            {
                folded.Add(character, new TextSpan(i, i + 1));
            }
        }

        new UnicodeNormalizer(keepDiacritics: true).Normalize(folded.Characters, folded.Sources, target);
    }

    private static char Fold(char character) => character switch
    {
        // Quotation marks that serve as apostrophes, modifier letters, prime, acute accent, full width.
        '\u2018' or '\u2019' or '\u201B' or '\u02BB' or '\u02BC' or '\u2032' or '\u00B4' or '\uFF07' => '\'',

        // Hyphens and dashes, the minus sign, small and full-width ones.
        (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFE58' or '\uFE63' or '\uFF0D' => '-',

        // Soft hyphen, zero-width blank, word joiner, byte order mark, marks of direction.
        '\u00AD' or '\u200B' or '\u2060' or '\uFEFF' or '\u200E' or '\u200F'
            or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => Nothing,
        > '\u007F' when char.IsWhiteSpace(character) => ' ',
        _ => character,
    };
}
