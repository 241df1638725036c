namespace Evenhand.Tokenization;

/// <summary>Takes the words of texts and gives their tokens. Not for use by two threads at once.</summary>
internal abstract class WordSegmenter
{
    /// <summary>The tokens of a word that is not empty; they are valid until the next call.</summary>
    public abstract ReadOnlySpan<SubwordPiece> Pieces(ReadOnlySpan<char> word);
}
