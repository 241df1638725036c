using System.Buffers;
using System.Globalization;
using System.Text;

namespace Evenhand.Learning;

/// <summary>Turns a text into hashed word and character n-grams in one pass, without a string for any token.</summary>
/// <remarks>
/// <para>Words are runs of letters, marks and digits in lower case; an apostrophe between letters belongs to its
/// word. Chinese characters and Japanese syllables, which are written without blanks, are words of their own.</para>
/// <para>A character n-gram is taken within a word between the marks of its start and end.</para>
/// <para>An n-gram's hash depends on its characters and its length only; it is the same on every machine.</para>
/// </remarks>
internal sealed class NgramHasher
{
    private const ulong Seed = 0x9E3779B97F4A7C15UL;
    private const ulong CharacterSeed = 0xC2B2AE3D27D4EB4FUL;
    private const char WordStart = '\u0002';
    private const char WordEnd = '\u0003';

    private readonly int _words;
    private readonly int _shortest;
    private readonly int _longest;
    private readonly ulong[] _recent;
    private readonly ArrayBufferWriter<char> _word = new(64);
    private int _wordCount;

    /// <param name="words">Longest run of words; at least 1.</param>
    /// <param name="shortest">Shortest run of characters.</param>
    /// <param name="longest">Longest run of characters; 0 for none.</param>
    public NgramHasher(int words, int shortest, int longest)
    {
        _words = words;
        _shortest = shortest;
        _longest = longest;
        _recent = new ulong[words];
    }

    /// <summary>Appends the hash of every n-gram of the text.</summary>
    public void Hash(ReadOnlySpan<char> text, List<ulong> hashes)
    {
        _wordCount = 0;
        _word.ResetWrittenCount();
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done)
            {
                EndWord(hashes);
            }
            else if (StandsAlone(rune.Value))
            {
                EndWord(hashes);
                Append(text[..length]);
                EndWord(hashes);
            }
            else if (IsPartOfWord(rune))
            {
                Append(text[..length]);
            }
            else if (!(IsApostrophe(text[0]) && _word.WrittenCount > 0 && text.Length > 1 && char.IsLetter(text[1])))
            {
                EndWord(hashes);
            }
            else
            {
                Append("'");
            }

            text = text[length..];
        }

        EndWord(hashes);
    }

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019';

    private static bool IsPartOfWord(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value);
        }

        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    // Unicode blocks: Hiragana and Katakana, CJK extension A, CJK unified, CJK compatibility, half-width Katakana,
    // and planes 2 and 3 (CJK extensions B and later).
    private static bool StandsAlone(int rune) => rune >= 0x3040
        && (rune is <= 0x30FF or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFF66 and <= 0xFF9D) or (>= 0x20000 and <= 0x3FFFF))
        && rune != 0x30FB;

    private static ulong Combine(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0x9FB21C651E98DF25UL;
        return hash ^ (hash >> 32);
    }

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }

    private void Append(ReadOnlySpan<char> characters)
    {
        var target = _word.GetSpan(characters.Length);
        for (var i = 0; i < characters.Length; i++)
        {
            target[i] = char.ToLowerInvariant(characters[i]);
        }

        _word.Advance(characters.Length);
    }

    private void EndWord(List<ulong> hashes)
    {
        var word = _word.WrittenSpan;
        if (word.IsEmpty)
        {
            return;
        }

        var own = Seed;
        foreach (var c in word)
        {
            own = Combine(own, c);
        }

        _recent[_wordCount++ % _words] = own;
        var run = Seed;
        for (var n = 1; n <= Math.Min(_words, _wordCount); n++)
        {
            run = Combine(run, _recent[(_wordCount - n) % _words]);
            hashes.Add(Finish(run + (ulong)n));
        }

        if (_longest > 0)
        {
            HashCharacters(word, hashes);
        }

        _word.ResetWrittenCount();
    }

    private void HashCharacters(ReadOnlySpan<char> word, List<ulong> hashes)
    {
        for (var start = -1; start <= word.Length; start++)
        {
            var run = CharacterSeed;
            for (var n = 1; n <= _longest && start + n <= word.Length + 1; n++)
            {
                var at = start + n - 1;
                run = Combine(run, at < 0 ? WordStart : at == word.Length ? WordEnd : word[at]);
                if (n >= _shortest)
                {
                    hashes.Add(Finish(run + (ulong)n));
                }
            }
        }
    }
}
