using System.Text;
using Evenhand.Data.Columns;

namespace Evenhand.Tokenization;

/// <summary>Merges the bytes of words in the order in which merges were learned, as GPT-2 and RoBERTa do.</summary>
/// <remarks>Sennrich, Haddow, Birch 2016, on bytes as in Radford et al. 2019: with the 256 bytes in the vocabulary
/// every text can be spelled, and <see cref="SubwordTokenizer.Decode"/> gives it back. A lone surrogate is spelled as
/// the replacement character U+FFFD.</remarks>
public sealed class BytePairTokenizer : SubwordTokenizer
{
    private const int None = -1;

    private readonly AddedTokenMatcher _added;

    internal BytePairTokenizer(
        SubwordVocabulary vocabulary,
        SequenceTemplate template,
        SpecialTokenIds special,
        IReadOnlyList<(int Left, int Right, int Id)> merges,
        string? unknown,
        bool addPrefixSpace,
        bool trimOffsets)
        : base(vocabulary, template, special)
    {
        UnknownToken = unknown;
        AddPrefixSpace = addPrefixSpace;
        TrimOffsets = trimOffsets;
        _added = new AddedTokenMatcher(vocabulary.AddedTokens);
        Merges = new BytePairMerges(
            [.. Enumerable.Range(0, 256).Select(b => vocabulary.IdOf(ByteAlphabet.Of[b].ToString()) ?? None)], merges);
    }

    /// <summary>Whether a text is read as if a blank stood before it, so that its first word is the same token as
    /// within a text.</summary>
    public bool AddPrefixSpace { get; }

    /// <summary>Whether blanks at its ends are left out of the range of a token.</summary>
    public bool TrimOffsets { get; }

    internal BytePairMerges Merges { get; }

    /// <summary>The token of bytes that the vocabulary lacks; null where such bytes are left out.</summary>
    internal string? UnknownToken { get; }

    private protected override SubwordScanner CreateScanner()
    {
        var unknown = UnknownToken is null ? null : Vocabulary.IdOf(UnknownToken);
        return new BytePairScanner(
            _added, new BytePairSegmenter(Merges, unknown ?? None), AddPrefixSpace, TrimOffsets);
    }

    private protected override string Join(IReadOnlyList<int> ids)
    {
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            var token = Vocabulary[id]!;
            if (!ByteAlphabet.TryRead(token, bytes))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(token));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
