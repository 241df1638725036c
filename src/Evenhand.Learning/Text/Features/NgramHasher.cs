using System.Buffers;
using System.Globalization;
using System.Text;
using Evenhand.Data.Text;

namespace Evenhand.Learning.Text.Features;

/// <summary>Turns a text into hashed word and character n-grams in one pass, without a string for any token.</summary>
/// <remarks>
/// <para>Words are runs of letters, marks and digits in lower case; an apostrophe between letters belongs to its
/// word. In scripts without blanks every character, with its marks, is a word of its own.</para>
/// <para>A character n-gram is taken within a word between the marks of its start and end; in scripts without blanks,
/// within the run of their characters.</para>
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
    private readonly bool _marks;
    private readonly HashSet<ulong>? _stopWords;
    private readonly (ulong Hash, int Start)[] _recent;
    private readonly ArrayBufferWriter<char> _word = new(64);
    private readonly ArrayBufferWriter<char> _run = new(64);
    private List<Ngram> _ngrams = [];
    private int _wordCount;
    private int _wordStart;
    private int _runStart;
    private bool _unspaced;

    /// <param name="words">Longest run of words; at least 1.</param>
    /// <param name="shortest">Shortest run of characters.</param>
    /// <param name="longest">Longest run of characters; 0 for none.</param>
    /// <param name="stopWords">Hashes of words that are left out; null for none.</param>
    /// <param name="marks">Whether ! and ? are words.</param>
    public NgramHasher(
        int words, int shortest, int longest, HashSet<ulong>? stopWords = null, bool marks = false)
    {
        _words = words;
        _shortest = shortest;
        _longest = longest;
        _stopWords = stopWords;
        _marks = marks;
        _recent = new (ulong, int)[words];
    }

    /// <summary>Appends every n-gram of the text.</summary>
    public void Hash(ReadOnlySpan<char> text, List<Ngram> ngrams)
    {
        _ngrams = ngrams;
        _wordCount = 0;
        _word.ResetWrittenCount();
        _run.ResetWrittenCount();
        for (var at = 0; at < text.Length;)
        {
            var valid = Rune.DecodeFromUtf16(text[at..], out var rune, out var length) == OperationStatus.Done;
            var kind = valid ? KindOf(rune) : Kind.Other;
            if (kind == Kind.Unspaced)
            {
                EndWord();
                _unspaced = true;
                Append(text.Slice(at, length), at);
            }
            else if (kind == Kind.Spaced || (kind == Kind.Mark && !_unspaced))
            {
                EndRun();
                Append(text.Slice(at, length), at);
            }
            else if (kind == Kind.Mark)
            {
                Append(text.Slice(at, length), at);
            }
            else if (IsApostrophe(text[at]) && !_unspaced && _word.WrittenCount > 0
                && at + 1 < text.Length && char.IsLetter(text[at + 1]))
            {
                Append("'", at);
            }
            else
            {
                EndWord();
                EndRun();
                if (kind == Kind.Alone || (_marks && text[at] is '!' or '?' or '！' or '？'))
                {
                    Append(text.Slice(at, length), at);
                    EndWord();
                }
            }

            at += length;
        }

        EndWord();
        EndRun();
    }

    /// <summary>The hash by which a word is known to be a stop word.</summary>
    public static ulong HashWord(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var character in word)
        {
            hash = Combine(hash, character);
        }

        return hash;
    }

    /// <summary>Whether a character is of a script without blanks, where it is a word of its own.</summary>
    public static bool IsUnspaced(Rune rune) => KindOf(rune) == Kind.Unspaced;

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019';

    private static Kind KindOf(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value) ? Kind.Spaced : Kind.Other;
        }

        if (IsIdeographOrKana(rune.Value))
        {
            return Kind.Unspaced;
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter when IsSoutheastAsian(rune.Value):
                return Kind.Unspaced;
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber:
                return Kind.Spaced;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark:
                return Kind.Mark;
            default:
                return rune.Value is TextCleaner.Address or TextCleaner.Number ? Kind.Alone : Kind.Other;
        }
    }

    // Unicode blocks: Hiragana and Katakana, CJK extension A, CJK unified, CJK compatibility, half-width Katakana,
    // and planes 2 and 3 (CJK extensions B and later).
    private static bool IsIdeographOrKana(int rune) => rune >= 0x3040
        && (rune is <= 0x30FF or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFF66 and <= 0xFF9D) or (>= 0x20000 and <= 0x3FFFF))
        && rune is not (0x30FB or 0x3099 or 0x309A);

    // Thai and Lao, Burmese, Khmer.
    private static bool IsSoutheastAsian(int rune) =>
        rune is (>= 0xE00 and <= 0xEFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);

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

    private void Append(ReadOnlySpan<char> characters, int at)
    {
        if (_word.WrittenCount == 0)
        {
            _wordStart = at;
        }

        var target = _word.GetSpan(characters.Length);
        for (var i = 0; i < characters.Length; i++)
        {
            target[i] = char.ToLowerInvariant(characters[i]);
        }

        _word.Advance(characters.Length);
    }

    private void EndWord()
    {
        var word = _word.WrittenSpan;
        if (word.IsEmpty)
        {
            return;
        }

        var own = HashWord(word);
        var stays = _stopWords is null || !_stopWords.Contains(own);
        if (stays)
        {
            AddRunsOfWords(own);
        }

        if (_longest > 0 && _unspaced)
        {
            if (_run.WrittenCount == 0)
            {
                _runStart = _wordStart;
            }

            _run.Write(word);
        }
        else if (_longest > 0 && stays)
        {
            AddRunsOfCharacters(word, _wordStart);
        }

        _word.ResetWrittenCount();
    }

    private void EndRun()
    {
        if (_unspaced)
        {
            EndWord();
            _unspaced = false;
            if (_run.WrittenCount > 0)
            {
                AddRunsOfCharacters(_run.WrittenSpan, _runStart);
                _run.ResetWrittenCount();
            }
        }
    }

    private void AddRunsOfWords(ulong own)
    {
        var end = _wordStart + _word.WrittenCount;
        _recent[_wordCount++ % _words] = (own, _wordStart);
        var run = Seed;
        for (var n = 1; n <= Math.Min(_words, _wordCount); n++)
        {
            var (hash, start) = _recent[(_wordCount - n) % _words];
            run = Combine(run, hash);
            _ngrams.Add(new Ngram(Finish(run + (ulong)n), new TextSpan(start, end)));
        }
    }

    private void AddRunsOfCharacters(ReadOnlySpan<char> word, int offset)
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
                    // The marks of start and end have no characters of their own.
                    var span = new TextSpan(offset + Math.Max(start, 0), offset + Math.Min(at + 1, word.Length));
                    _ngrams.Add(new Ngram(Finish(run + (ulong)n), span));
                }
            }
        }
    }

    private enum Kind
    {
        /// <summary>Part of no word.</summary>
        Other,

        /// <summary>A letter or digit of a script with blanks.</summary>
        Spaced,

        /// <summary>A character that is a word.</summary>
        Unspaced,

        /// <summary>A mark, which belongs to what is before it.</summary>
        Mark,

        /// <summary>A word between other words.</summary>
        Alone,
    }
}
