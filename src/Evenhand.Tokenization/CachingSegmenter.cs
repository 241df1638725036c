using System.Runtime.InteropServices;

namespace Evenhand.Tokenization;

/// <summary>Splits words into tokens of the vocabulary, and remembers the common ones.</summary>
internal abstract class CachingSegmenter : WordSegmenter
{
    private readonly WordCache _cache = new();
    private readonly List<SubwordPiece> _pieces = [];

    public sealed override ReadOnlySpan<SubwordPiece> Pieces(ReadOnlySpan<char> word)
    {
        if (word.Length > WordCache.LongestWord)
        {
            return Split(word);
        }

        var hash = WordCache.Hash(word);
        if (!_cache.TryGet(word, hash, out var pieces))
        {
            pieces = Split(word);
            _cache.Put(word, hash, pieces);
        }

        return pieces;
    }

    /// <summary>Appends the tokens of a word.</summary>
    protected abstract void Segment(ReadOnlySpan<char> word, List<SubwordPiece> pieces);

    private ReadOnlySpan<SubwordPiece> Split(ReadOnlySpan<char> word)
    {
        _pieces.Clear();
        Segment(word, _pieces);
        return CollectionsMarshal.AsSpan(_pieces);
    }
}
