using System.Text;
using Evenhand.Configuration;

namespace Evenhand.Tokenization.Training;

/// <summary>Learns the vocabulary of a <see cref="WordPieceTokenizer"/> from texts.</summary>
/// <remarks>
/// Begins with single characters and merges the best two neighbours until the vocabulary is full (Schuster, Nakajima
/// 2012; Wu et al. 2016). The result depends neither on the order of the texts nor on the threads. Ids: the special
/// tokens <c>[PAD]</c>, <c>[UNK]</c>, <c>[CLS]</c>, <c>[SEP]</c>, <c>[MASK]</c> and others given, the characters, then
/// what was merged, in that order.
/// </remarks>
public sealed class WordPieceTrainer
{
    private const string Prefix = "##";
    private const int LongestWord = 100;

    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly WordPieceTrainingOptions _options;
    private readonly string[] _special;

    /// <summary>A trainer.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="specialTokens">Special tokens besides BERT's five; null for none.</param>
    public WordPieceTrainer(WordPieceTrainingOptions options, IEnumerable<string>? specialTokens = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _special = [.. Special.Concat(specialTokens ?? []).Distinct()];
    }

    /// <summary>Learns from texts, which are read once.</summary>
    /// <param name="texts">The texts; null ones are empty.</param>
    /// <param name="threads">Most threads at work.</param>
    /// <param name="progress">Told of each token learned.</param>
    /// <param name="cancellationToken">Polled before each text and each merge.</param>
    /// <exception cref="InputException">A setting is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public WordPieceTokenizer Train(
        IEnumerable<string?> texts,
        int threads = 1,
        Action<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _options.Validate();
        var normalization = new WordPieceNormalization
        {
            LowerCase = _options.LowerCase,
            StripAccents = _options.StripAccents,
        };
        var added = _special.Select((content, id) => new AddedToken(content, id)).ToArray();
        var (matcher, none) = (new AddedTokenMatcher(added), new AddedTokenMatcher([]));
        var normalizer = new BertNormalizer(normalization);
        var words = WordCounter.Count(
            texts, counter => new WordPieceScanner(matcher, none, normalizer, counter), threads, cancellationToken);

        var tokens = _special.ToList();
        new MergeLearner(tokens, Prefix, Spell(words, tokens), _options.Score, _options.MinimumFrequency)
            .Learn(_options.VocabularySize, progress, cancellationToken);
        var vocabulary = new SubwordVocabulary(tokens, added);
        var special = SpecialTokenIds.ByName(vocabulary);
        return new WordPieceTokenizer(
            vocabulary,
            SequenceTemplate.Bert(special.Class!.Value, special.Separator!.Value),
            special,
            normalization,
            Prefix,
            LongestWord);
    }

    // Appends the characters to the tokens. Words that would be unknown teach nothing and are left out.
    private List<(int[] Tokens, long Count)> Spell((string Word, long Count)[] words, List<string> tokens)
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
            .Take(_options.AlphabetLimit).Select(f => f.Key).ToHashSet();
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
}
