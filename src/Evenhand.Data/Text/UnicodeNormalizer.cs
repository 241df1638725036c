using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Evenhand.Data.Text;

/// <summary>Brings texts to normalization form KC, in which equal-looking characters are equal: half and full widths,
/// ligatures, and letters with marks of their own.</summary>
/// <remarks>Unicode Standard Annex 15: compatibility decomposition, canonical order of marks, canonical composition.
/// Hangul syllables by the arithmetic of the Unicode Standard, section 3.12. Not for use by two threads at
/// once.</remarks>
/// <param name="keepDiacritics">Whether the marks U+0300 to U+036F, which are the accents of Latin, Greek and Cyrillic
/// letters, stay.</param>
public sealed class UnicodeNormalizer(bool keepDiacritics)
{
    private const int SyllableBase = 0xAC00;
    private const int SyllableCount = 11172;
    private const int LeadBase = 0x1100;
    private const int LeadCount = 19;
    private const int VowelBase = 0x1161;
    private const int VowelCount = 21;
    private const int TailBase = 0x11A7;
    private const int TailCount = 28;

    private readonly List<Piece> _pieces = [];

    /// <summary>Whether normalization leaves the text as it is.</summary>
    public static bool IsNormal(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return true;
        }

        foreach (var character in text)
        {
            if (UnicodeTable.MayChange(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Appends the normal form of the text; lone surrogates become U+FFFD.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sources">Where each of its characters comes from; empty where it is the source itself.</param>
    /// <param name="target">Takes the characters, behind those that it has. It is not what the text lies in.</param>
    public void Normalize(ReadOnlySpan<char> text, ReadOnlySpan<TextSpan> sources, TextBuffer target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!sources.IsEmpty && sources.Length != text.Length)
        {
            throw new ArgumentException(
                $"{sources.Length} sources for {text.Length} characters.", nameof(sources));
        }

        _pieces.Clear();
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            var source = sources.IsEmpty
                ? new TextSpan(at, at + length)
                : new TextSpan(sources[at].Start, sources[at + length - 1].End);
            Decompose(rune.Value, source);
            at += length;
        }

        var pieces = CollectionsMarshal.AsSpan(_pieces);
        Sort(pieces);
        Span<char> units = stackalloc char[2];
        foreach (var piece in pieces[..Compose(pieces)])
        {
            var count = new Rune(piece.Point).EncodeToUtf16(units);
            for (var i = 0; i < count; i++)
            {
                target.Add(units[i], piece.Source);
            }
        }
    }

    private static void Sort(Span<Piece> pieces)
    {
        for (var i = 1; i < pieces.Length; i++)
        {
            var moving = pieces[i];
            var place = i;
            for (; place > 0 && moving.Class > 0 && pieces[place - 1].Class > moving.Class; place--)
            {
                pieces[place] = pieces[place - 1];
            }

            pieces[place] = moving;
        }
    }

    // Composes in place; gives back how many pieces are left.
    private static int Compose(Span<Piece> pieces)
    {
        var (starter, left, lastClass) = (-1, 0, 0);
        foreach (var piece in pieces)
        {
            // Nothing of the same or a higher class may stand between a mark and its starter.
            if (starter >= 0
                && (starter == left - 1 || (lastClass > 0 && lastClass < piece.Class))
                && Composed(pieces[starter].Point, piece.Point) is var point and not 0)
            {
                var source = pieces[starter].Source;
                pieces[starter] = new Piece(
                    point, 0, new TextSpan(source.Start, Math.Max(source.End, piece.Source.End)));
                continue;
            }

            if (piece.Class == 0)
            {
                starter = left;
            }

            lastClass = piece.Class;
            pieces[left++] = piece;
        }

        return left;
    }

    private static int Composed(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount and var lead
            && second - VowelBase is >= 0 and < VowelCount and var vowel)
        {
            return SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
        }

        if (first - SyllableBase is >= 0 and < SyllableCount and var syllable && syllable % TailCount == 0
            && second - TailBase is > 0 and < TailCount and var tail)
        {
            return first + tail;
        }

        return UnicodeTable.Compositions.GetValueOrDefault(UnicodeTable.Pair(first, second));
    }

    private void Decompose(int point, TextSpan source)
    {
        if (point < 0xA0)
        {
            _pieces.Add(new Piece(point, 0, source));
        }
        else if (point - SyllableBase is >= 0 and < SyllableCount and var syllable)
        {
            Add(LeadBase + (syllable / (VowelCount * TailCount)), source);
            Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount), source);
            if (syllable % TailCount != 0)
            {
                Add(TailBase + (syllable % TailCount), source);
            }
        }
        else if (UnicodeTable.Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
            {
                Add(part, source);
            }
        }
        else
        {
            Add(point, source);
        }
    }

    private void Add(int point, TextSpan source)
    {
        if (keepDiacritics || point is < 0x300 or > 0x36F)
        {
            _pieces.Add(new Piece(point, UnicodeTable.CombiningClass(point), source));
        }
    }

    private readonly record struct Piece(int Point, int Class, TextSpan Source);
}
