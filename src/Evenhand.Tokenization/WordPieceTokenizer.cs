using System.Text;

namespace Evenhand.Tokenization;

/// <summary>Splits words into the longest pieces that the vocabulary has, from left to right, as BERT does.</summary>
/// <remarks>Wu et al. 2016, section 4.1; Devlin, Chang, Lee, Toutanova 2019. A word that cannot be spelled, or that has
/// more than <see cref="LongestWord"/> characters, is one unknown token.</remarks>
public sealed class WordPieceTokenizer : SubwordTokenizer
{
    private readonly AddedTokenMatcher _added;
    private readonly AddedTokenMatcher _normalizedAdded;
    private readonly BertNormalizer _normalizer;
    private readonly WordPieceTrie _trie;
    private readonly int _unknown;

    internal WordPieceTokenizer(
        SubwordVocabulary vocabulary,
        SequenceTemplate template,
        SpecialTokenIds special,
        WordPieceNormalization normalization,
        string prefix,
        int longestWord)
        : base(vocabulary, template, special)
    {
        _unknown = special.Unknown ?? throw new ArgumentException("WordPiece needs an unknown token.", nameof(special));
        Prefix = prefix;
        LongestWord = longestWord;
        _normalizer = new BertNormalizer(normalization);
        _added = new AddedTokenMatcher(vocabulary.AddedTokens.Where(t => !t.Normalized));
        _normalizedAdded = new AddedTokenMatcher(vocabulary.AddedTokens.Where(t => t.Normalized)
            .Select(t => t with { Content = Normalize(t.Content) }));
        _trie = new WordPieceTrie([.. vocabulary.ModelTokens], prefix);
    }

    /// <summary>What is done to a text before it is split.</summary>
    public WordPieceNormalization Normalization => _normalizer.Options;

    /// <summary>What marks a token that continues a word, such as <c>##</c>.</summary>
    public string Prefix { get; }

    /// <summary>Most characters of a word that is split.</summary>
    public int LongestWord { get; }

    private protected override SubwordScanner CreateScanner() => new WordPieceScanner(
        _added, _normalizedAdded, _normalizer, new WordPieceSegmenter(_trie, _unknown, LongestWord));

    // A blank before every token that does not continue a word, except before punctuation and the contractions that
    // Hugging Face's decoder joins as well.
    private protected override string Join(IReadOnlyList<int> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            var token = Vocabulary[id]!;
            if (text.Length == 0)
            {
                text.Append(token);
            }
            else if (token.StartsWith(Prefix, StringComparison.Ordinal))
            {
                text.Append(token.AsSpan(Prefix.Length));
            }
            else
            {
                text.Append(token is "." or "?" or "!" or "," or "n't" or "'m" or "'s" or "'ve" or "'re" ? "" : " ");
                text.Append(token);
            }
        }

        return text.ToString();
    }

    private string Normalize(string text)
    {
        var normalized = new NormalizedText();
        _normalizer.Normalize(text, 0, normalized);
        return normalized.Characters.ToString();
    }
}
