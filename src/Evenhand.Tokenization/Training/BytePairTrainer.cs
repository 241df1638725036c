using System.Text;
using Evenhand.Configuration;

namespace Evenhand.Tokenization.Training;

/// <summary>Learns the merges of a <see cref="BytePairTokenizer"/> from texts.</summary>
/// <remarks>
/// Begins with the 256 bytes and merges the most frequent two neighbours within words until the vocabulary is full
/// (Sennrich, Haddow, Birch 2016; Radford et al. 2019). The result depends neither on the order of the texts nor on the
/// threads. Ids: the special tokens of RoBERTa, <c>&lt;s&gt;</c>, <c>&lt;pad&gt;</c>, <c>&lt;/s&gt;</c>,
/// <c>&lt;unk&gt;</c>, <c>&lt;mask&gt;</c>, and others given, the bytes in the order of their letters, then what was
/// merged, in that order.
/// </remarks>
public sealed class BytePairTrainer
{
    private const string Mask = "<mask>";

    private static readonly string[] Special = ["<s>", "<pad>", "</s>", "<unk>", Mask];

    private readonly BytePairTrainingOptions _options;
    private readonly string[] _special;

    /// <summary>A trainer.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="specialTokens">Special tokens besides RoBERTa's five; null for none.</param>
    public BytePairTrainer(BytePairTrainingOptions options, IEnumerable<string>? specialTokens = null)
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
    public BytePairTokenizer Train(
        IEnumerable<string?> texts,
        int threads = 1,
        Action<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _options.Validate();

        // The mask stands for a word with the blank before it.
        var added = _special.Select((s, id) => new AddedToken(s, id) { LeftStrip = s == Mask }).ToArray();
        var matcher = new AddedTokenMatcher(added);
        var words = WordCounter.Count(
            texts,
            counter => new BytePairScanner(matcher, counter, _options.AddPrefixSpace, trimOffsets: false),
            threads,
            cancellationToken);

        var tokens = _special.ToList();
        var letters = ByteAlphabet.Of.ToArray();
        Array.Sort(letters);
        tokens.AddRange(letters.Select(c => c.ToString()));
        var ids = new int[256];
        for (var b = 0; b < ids.Length; b++)
        {
            ids[b] = _special.Length + Array.BinarySearch(letters, ByteAlphabet.Of[b]);
        }

        var spelled = words
            .Select(w => (Encoding.UTF8.GetBytes(w.Word).Select(b => ids[b]).ToArray(), w.Count))
            .ToArray();
        var merges = new MergeLearner(tokens, "", spelled, MergeScore.Frequency, _options.MinimumFrequency)
            .Learn(_options.VocabularySize, progress, cancellationToken);
        var vocabulary = new SubwordVocabulary(tokens, added);
        var special = SpecialTokenIds.ByName(vocabulary);
        return new BytePairTokenizer(
            vocabulary,
            SequenceTemplate.Roberta(special.Class!.Value, special.Separator!.Value),
            special,
            merges,
            unknown: null,
            _options.AddPrefixSpace,
            trimOffsets: true);
    }
}
