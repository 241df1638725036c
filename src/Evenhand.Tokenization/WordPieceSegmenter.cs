namespace Evenhand.Tokenization;

/// <summary>Longest match first; a word that the vocabulary cannot spell, or that is too long, is one unknown
/// token.</summary>
internal sealed class WordPieceSegmenter(WordPieceTrie trie, int unknown, int longestWord) : CachingSegmenter
{
    protected override void Segment(ReadOnlySpan<char> word, List<SubwordPiece> pieces)
    {
        if (IsTooLong(word) || !trie.TryMatch(word, pieces))
        {
            pieces.Clear();
            pieces.Add(new SubwordPiece(unknown, 0, word.Length));
        }
    }

    // The limit is in characters, of which a surrogate pair is one.
    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        var count = word.Length;
        if (count > longestWord)
        {
            foreach (var c in word)
            {
                count -= char.IsLowSurrogate(c) ? 1 : 0;
            }
        }

        return count > longestWord;
    }
}
