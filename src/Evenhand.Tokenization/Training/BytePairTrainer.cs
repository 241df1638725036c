using System.Text;

namespace Evenhand.Tokenization.Training;

/// <summary>Learns the merges of a <see cref="BytePairTokenizer"/> from texts.</summary>
/// <remarks>
/// Begins with the 256 bytes and merges the most frequent two neighbours within words until the vocabulary is full
/// (Sennrich, Haddow, Birch 2016; Radford et al. 2019). The result depends neither on the order of the texts nor on the
/// threads. Ids: the special tokens of RoBERTa, <c>&lt;s&gt;</c>, <c>&lt;pad&gt;</c>, <c>&lt;/s&gt;</c>,
/// <c>&lt;unk&gt;</c>, <c>&lt;mask&gt;</c>, and others given, the bytes in the order of their letters, then what was
/// merged, in that order.
/// </remarks>
/// <param name="options">Settings.</param>
/// <param name="specialTokens">Special tokens besides RoBERTa's five; null for none.</param>
public sealed class BytePairTrainer(BytePairTrainingOptions options, IEnumerable<string>? specialTokens = null)
    : SubwordTrainer<BytePairTrainingOptions, BytePairTokenizer>(options, Special, specialTokens)
{
    private const string Mask = "<mask>";

    private static readonly string[] Special = ["<s>", "<pad>", "</s>", "<unk>", Mask];

    private protected override string Prefix => "";

    private protected override MergeScore Score => MergeScore.Frequency;

    // The mask stands for a word with the blank before it.
    private protected override AddedToken Added(string content, int id) =>
        new(content, id) { LeftStrip = content == Mask };

    private protected override Func<WordSegmenter, SubwordScanner> CreateScanner(AddedTokenMatcher matcher) =>
        counter => new BytePairScanner(matcher, counter, Options.AddPrefixSpace, trimOffsets: false);

    private protected override IReadOnlyList<(int[] Tokens, long Count)> Spell(
        (string Word, long Count)[] words, List<string> tokens)
    {
        var first = tokens.Count;
        var letters = ByteAlphabet.Of.ToArray();
        Array.Sort(letters);
        tokens.AddRange(letters.Select(c => c.ToString()));
        var ids = new int[256];
        for (var b = 0; b < ids.Length; b++)
        {
            ids[b] = first + Array.BinarySearch(letters, ByteAlphabet.Of[b]);
        }

        return Array.ConvertAll(
            words, w => (Array.ConvertAll(Encoding.UTF8.GetBytes(w.Word), b => ids[b]), w.Count));
    }

    private protected override BytePairTokenizer Create(
        SubwordVocabulary vocabulary, SpecialTokenIds special, IReadOnlyList<(int Left, int Right, int Id)> merges) =>
        new(
            vocabulary,
            SequenceTemplate.Roberta(special.Class!.Value, special.Separator!.Value),
            special,
            merges,
            unknown: null,
            Options.AddPrefixSpace,
            trimOffsets: true);
}
