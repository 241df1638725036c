using System.Text;

namespace Evenhand.Tokenization.Training;

/// <summary>Learns the vocabulary of a <see cref="WordPieceTokenizer"/> from texts.</summary>
/// <remarks>
/// Begins with single characters and merges the best two neighbours until the vocabulary is full (Schuster, Nakajima
/// 2012; Wu et al. 2016). The result depends neither on the order of the texts nor on the threads. Ids: the special
/// tokens <c>[PAD]</c>, <c>[UNK]</c>, <c>[CLS]</c>, <c>[SEP]</c>, <c>[MASK]</c> and others given, the characters, then
/// what was merged, in that order.
/// </remarks>
/// <param name="options">Settings.</param>
/// <param name="specialTokens">Special tokens besides BERT's five; null for none.</param>
public sealed class WordPieceTrainer(WordPieceTrainingOptions options, IEnumerable<string>? specialTokens = null)
    : SubwordTrainer<WordPieceTrainingOptions, WordPieceTokenizer>(options, Special, specialTokens)
{
    private const int LongestWord = 100;

    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private protected override string Prefix => "##";

    private protected override MergeScore Score => Options.Score;

    private WordPieceNormalization Normalization => new()
    {
        LowerCase = Options.LowerCase,
        StripAccents = Options.StripAccents,
    };

    private protected override Func<WordSegmenter, SubwordScanner> CreateScanner(AddedTokenMatcher matcher)
    {
        var (none, normalizer) = (new AddedTokenMatcher([]), new BertNormalizer(Normalization));
        return counter => new WordPieceScanner(matcher, none, normalizer, counter);
    }

    // Appends the characters to the tokens. Words that would be unknown teach nothing and are left out.
    private protected override IReadOnlyList<(int[] Tokens, long Count)> Spell(
        (string Word, long Count)[] words, List<string> tokens)
    {
        var frequencies = new Dictionary<Rune, long>();
        foreach (var (word, count) in words)
        {
            foreach (var rune in word.EnumerateRunes())
            {
                frequencies[rune] = frequencies.GetValueOrDefault(rune) + count;
            }
        }

        var alphabet = frequencies.OrderByDescending(f => f.Value).ThenBy(f => f.Key)
            .Take(Options.AlphabetLimit).Select(f => f.Key).ToHashSet();
        var known = words
            .Select(w => (Runes: w.Word.EnumerateRunes().ToArray(), w.Count))
            .Where(w => w.Runes.Length <= LongestWord && w.Runes.All(alphabet.Contains))
            .ToList();
        var first = AddAll(alphabet, "");
        var next = AddAll(known.SelectMany(w => w.Runes.Skip(1)).Distinct(), Prefix);
        return known.ConvertAll(w => (w.Runes.Select((rune, i) => (i == 0 ? first : next)[rune]).ToArray(), w.Count));

        Dictionary<Rune, int> AddAll(IEnumerable<Rune> runes, string prefix)
        {
            var ids = new Dictionary<Rune, int>();
            foreach (var rune in runes.Order())
            {
                ids.Add(rune, tokens.Count);
                tokens.Add(prefix + rune);
            }

            return ids;
        }
    }

    private protected override WordPieceTokenizer Create(
        SubwordVocabulary vocabulary, SpecialTokenIds special, IReadOnlyList<(int Left, int Right, int Id)> merges) =>
        new(
            vocabulary,
            SequenceTemplate.Bert(special.Class!.Value, special.Separator!.Value),
            special,
            Normalization,
            Prefix,
            LongestWord);
}
