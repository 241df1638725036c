using System.Text;
using Evenhand.Data.Text;

namespace Evenhand.Tokenization;

/// <summary>Normalizes texts for WordPiece and keeps where each character comes from.</summary>
/// <remarks>
/// One table look-up for a character of the basic plane that stays one character and was met before. Marks that are
/// left out are not put into canonical order first; among characters that stay, that order matters for a few tone and
/// musical signs only. Lower case is the simple mapping, so a final sigma is not told apart (nor is it by Hugging
/// Face's tokenizers).
/// </remarks>
internal sealed class BertNormalizer
{
    // Not characters. Where a text holds them all the same, what becomes of them is worked out each time.
    private const char Removed = '\uFFFE';
    private const char Special = '\uFFFF';
    private const int CapitalDottedI = 0x130;

    private readonly char[] _table = new char[char.MaxValue + 1];

    public BertNormalizer(WordPieceNormalization options)
    {
        Options = options;
        Array.Fill(_table, Special);
    }

    public WordPieceNormalization Options { get; }

    /// <summary>Appends a text.</summary>
    /// <param name="text">Part of an original text.</param>
    /// <param name="offset">Where that part begins.</param>
    /// <param name="target">Takes the characters.</param>
    public void Normalize(ReadOnlySpan<char> text, int offset, NormalizedText target)
    {
        for (var i = 0; i < text.Length;)
        {
            var to = _table[text[i]];
            var length = 1;
            if (to == Special)
            {
                Rune.DecodeFromUtf16(text[i..], out var rune, out length);
                var characters = Map(rune);
                target.Append(characters, offset + i, offset + i + length);
                Remember(text[i], rune, characters);
            }
            else if (to != Removed)
            {
                target.Append(to, offset + i, offset + i + 1);
            }

            i += length;
        }
    }

    // Any thread may write what any other would.
    private void Remember(char character, Rune rune, string characters)
    {
        if (rune.Value == character && characters.Length <= 1 && characters is not [Removed])
        {
            _table[character] = characters.Length == 0 ? Removed : characters[0];
        }
    }

    private string Map(Rune rune)
    {
        var kinds = CharacterTable.Of(rune);
        if (Options.CleanText && (rune.Value == 0 || (kinds & CharacterKinds.Control) != 0))
        {
            return "";
        }

        if (Options.CleanText && (kinds & CharacterKinds.White) != 0)
        {
            return " ";
        }

        if (Options.StripAccents && (kinds & CharacterKinds.NonspacingMark) != 0)
        {
            return "";
        }

        var bare = (Options.StripAccents ? Diacritics.Strip(rune) : null) ?? rune.ToString();
        if (!Options.LowerCase)
        {
            return bare;
        }

        // The one letter whose lower case is two characters (Unicode, SpecialCasing.txt).
        return rune.Value == CapitalDottedI && !Options.StripAccents
            ? "i\u0307"
            : string.Concat(bare.EnumerateRunes().Select(r => Rune.ToLowerInvariant(r).ToString()));
    }
}
