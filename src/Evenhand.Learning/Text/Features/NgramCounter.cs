using Evenhand.Data.Text;

namespace Evenhand.Learning.Text.Features;

/// <summary>Counts the n-grams of one text after another. Not for use by two threads at once.</summary>
internal sealed class NgramCounter
{
    private readonly TextFeatureOptions _options;
    private readonly TextCleaner _cleaner;
    private readonly UnicodeNormalizer _normalizer;
    private readonly NgramHasher _hasher;
    private readonly TextBuffer _cleaned = new();
    private readonly TextBuffer _normal = new();
    private readonly List<Ngram> _ngrams = [];
    private readonly int _shift;
    private readonly bool _signed;
    private ulong[] _hashes = new ulong[256];

    public NgramCounter(TextFeatureOptions options)
    {
        _options = options;
        _cleaner = new TextCleaner(options.KeepMarkup, options.KeepAddresses, options.KeepNumbers);
        _normalizer = new UnicodeNormalizer(options.KeepDiacritics);
        _hasher = new NgramHasher(
            options.WordNgrams,
            options.ShortestCharacterNgram,
            options.LongestCharacterNgram,
            StopWords.Of(options.StopWords),
            options.KeepPunctuation);
        _shift = options.VocabularySize > 0 ? 0 : 64 - options.HashBits;
        _signed = options.VocabularySize == 0 && options.SignedHashing;
    }

    /// <summary>Appends the keys of the text's features, ascending, and their counts (or 1 + ln of them); features
    /// whose signs cancel are left out.</summary>
    public void Count(ReadOnlySpan<char> text, List<ulong> keys, List<float> values)
    {
        Find(text);
        if (_hashes.Length < _ngrams.Count)
        {
            _hashes = new ulong[2 * _ngrams.Count];
        }

        var hashes = _hashes.AsSpan(0, _ngrams.Count);
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = _ngrams[i].Hash;
        }

        // The upper bits are the key, so that sorting by hash sorts by key; the lowest bit is the sign.
        hashes.Sort();
        for (var i = 0; i < hashes.Length;)
        {
            var key = hashes[i] >> _shift;
            var count = 0;
            for (; i < hashes.Length && hashes[i] >> _shift == key; i++)
            {
                count += _signed && (hashes[i] & 1) != 0 ? -1 : 1;
            }

            if (count != 0)
            {
                keys.Add(key);
                values.Add(_options.SublinearTermFrequency
                    ? MathF.CopySign(1 + MathF.Log(Math.Abs(count)), count)
                    : count);
            }
        }
    }

    /// <summary>The key of every n-gram of a text and where in the text it stands.</summary>
    public (ulong Key, TextSpan Span)[] Locate(ReadOnlySpan<char> text)
    {
        var sources = Find(text);
        var located = new (ulong, TextSpan)[_ngrams.Count];
        for (var i = 0; i < located.Length; i++)
        {
            var (hash, span) = _ngrams[i];
            located[i] = (hash >> _shift, sources.IsEmpty ? span : span.In(sources, text.Length));
        }

        return located;
    }

    // Fills the list of n-grams; gives the sources of the characters that they are made of, or nothing where these are
    // the text's own.
    private ReadOnlySpan<TextSpan> Find(ReadOnlySpan<char> text)
    {
        var characters = text;
        var sources = ReadOnlySpan<TextSpan>.Empty;
        if (_cleaner.MayChange(characters))
        {
            _cleaned.Clear();
            _cleaner.Clean(characters, _cleaned);
            characters = _cleaned.Characters;
            sources = _cleaned.Sources;
        }

        if ((_options.NormalizeUnicode || !_options.KeepDiacritics) && !UnicodeNormalizer.IsNormal(characters))
        {
            _normal.Clear();
            _normalizer.Normalize(characters, sources, _normal);
            characters = _normal.Characters;
            sources = _normal.Sources;
        }

        _ngrams.Clear();
        _hasher.Hash(characters, _ngrams);
        return sources;
    }
}
