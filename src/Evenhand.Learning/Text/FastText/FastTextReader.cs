using System.Runtime.InteropServices;
using Evenhand.Data.Text;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Text.FastText;

/// <summary>Finds the words and n-grams of one text after another, in Unicode's normalization form KC. Not for use by
/// two threads at once.</summary>
internal sealed class FastTextReader
{
    private readonly NgramHasher _hasher;
    private readonly UnicodeNormalizer _normalizer = new(keepDiacritics: true);
    private readonly TextBuffer _normal = new();
    private readonly List<Ngram> _ngrams = [];
    private readonly int _shift;

    public FastTextReader(FastTextOptions options)
    {
        _hasher = new NgramHasher(options.WordNgrams, options.ShortestCharacterNgram, options.LongestCharacterNgram);
        _shift = 64 - options.HashBits;
    }

    /// <summary>The n-grams of a text, valid until the next one is read; positions are those of the text as
    /// given.</summary>
    public ReadOnlySpan<Ngram> Read(ReadOnlySpan<char> text)
    {
        _ngrams.Clear();
        if (UnicodeNormalizer.IsNormal(text))
        {
            _hasher.Hash(text, _ngrams);
            return CollectionsMarshal.AsSpan(_ngrams);
        }

        _normal.Clear();
        _normalizer.Normalize(text, [], _normal);
        _hasher.Hash(_normal.Characters, _ngrams);
        var ngrams = CollectionsMarshal.AsSpan(_ngrams);
        var sources = _normal.Sources;
        foreach (ref var ngram in ngrams)
        {
            ngram = ngram with { Span = ngram.Span.In(sources, text.Length) };
        }

        return ngrams;
    }

    /// <summary>What an n-gram is known by.</summary>
    public uint KeyOf(Ngram ngram) => (uint)(ngram.Hash >> _shift);
}
