using System.Text;

namespace Evenhand.Learning;

/// <summary>Normalizes texts for WordPiece and keeps where each character comes from.</summary>
/// <remarks>
/// One table look-up for a character of the basic plane that stays one character. Marks that are left out are not put
/// into canonical order first; among characters that stay, that order matters for a few tone and musical signs only.
/// Lower case is the simple mapping, so a final sigma is not told apart (nor is it by Hugging Face's tokenizers).
/// </remarks>
internal sealed class BertNormalizer
{
    // Not characters, and what they would mean as such is worked out where they occur.
    private const char Removed = '\uFFFE';
    private const char Special = '\uFFFF';
    private const int CapitalDottedI = 0x130;

    private readonly char[] _table = new char[char.MaxValue + 1];

    public BertNormalizer(WordPieceNormalization options)
    {
        Options = options;
        for (var c = 0; c < _table.Length; c++)
        {
            _table[c] = Special;
            if (Rune.TryCreate((char)c, out var rune) && (char)c is not (Removed or Special))
            {
                var to = Map(rune);
                _table[c] = to.Length switch { 0 => Removed, 1 => to[0], _ => Special };
            }
        }
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
                target.Append(Map(rune), offset + i, offset + i + length);
            }
            else if (to != Removed)
            {
                target.Append(to, offset + i, offset + i + 1);
            }

            i += length;
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

        var bare = (Options.StripAccents ? AccentTable.Strip(rune) : null) ?? rune.ToString();
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
