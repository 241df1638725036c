using System.Text;

namespace Evenhand.Data.Text;

/// <summary>Letters without their accents.</summary>
public static class Diacritics
{
    private const int FirstSyllable = 0xAC00;
    private const int LastSyllable = 0xD7A3;
    private const int Vowels = 21;
    private const int Trails = 28;

    /// <summary>The canonical decomposition (NFD) of a character without its nonspacing marks; null where it does not
    /// decompose. Nonspacing marks themselves do not.</summary>
    /// <remarks>Hangul syllables by the arithmetic of the Unicode Standard, section 3.12.</remarks>
    public static string? Strip(Rune rune) => rune.Value is >= FirstSyllable and <= LastSyllable
        ? Decompose(rune.Value - FirstSyllable)
        : UnicodeTable.Bare.GetValueOrDefault(rune.Value);

    private static string Decompose(int syllable)
    {
        const int FirstLead = 0x1100;
        const int FirstVowel = 0x1161;
        const int BeforeTrails = 0x11A7;
        var trail = syllable % Trails;
        ReadOnlySpan<char> letters =
        [
            (char)(FirstLead + (syllable / (Vowels * Trails))),
            (char)(FirstVowel + (syllable / Trails % Vowels)),
            (char)(BeforeTrails + trail),
        ];
        return new string(trail == 0 ? letters[..2] : letters);
    }
}
