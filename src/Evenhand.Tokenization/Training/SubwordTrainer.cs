using Evenhand.Configuration;

namespace Evenhand.Tokenization.Training;

/// <summary>Learns a vocabulary of subwords from texts: begins with small tokens and merges the best two neighbours
/// within words until the vocabulary is full.</summary>
/// <remarks>The result depends neither on the order of the texts nor on the threads.</remarks>
/// <typeparam name="TOptions">Its settings.</typeparam>
/// <typeparam name="TTokenizer">What it makes.</typeparam>
public abstract class SubwordTrainer<TOptions, TTokenizer>
    where TOptions : SubwordTrainingOptions
{
    private readonly string[] _special;

    private protected SubwordTrainer(TOptions options, IEnumerable<string> special, IEnumerable<string>? others)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _special = [.. special.Concat(others ?? []).Distinct()];
    }

    private protected TOptions Options { get; }

    // What stands before a token that does not begin a word.
    private protected abstract string Prefix { get; }

    private protected abstract MergeScore Score { get; }

    /// <summary>Learns from texts, which are read once.</summary>
    /// <param name="texts">The texts; null ones are empty.</param>
    /// <param name="threads">Most threads at work.</param>
    /// <param name="progress">Told of each token learned.</param>
    /// <param name="cancellationToken">Polled before each text and each merge.</param>
    /// <exception cref="InputException">A setting is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TTokenizer Train(
        IEnumerable<string?> texts,
        int threads = 1,
        Action<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Options.Validate();
        var added = _special.Select(Added).ToArray();
        var words = WordCounter.Count(
            texts, CreateScanner(new AddedTokenMatcher(added)), threads, cancellationToken);
        var tokens = _special.ToList();
        var spelled = Spell(words, tokens);
        var merges = new MergeLearner(tokens, Prefix, spelled, Score, Options.MinimumFrequency)
            .Learn(Options.VocabularySize, progress, cancellationToken);
        var vocabulary = new SubwordVocabulary(tokens, added);
        return Create(vocabulary, SpecialTokenIds.ByName(vocabulary), merges);
    }

    private protected virtual AddedToken Added(string content, int id) => new(content, id);

    // Splits texts into words; one for each thread.
    private protected abstract Func<WordSegmenter, SubwordScanner> CreateScanner(AddedTokenMatcher matcher);

    // Appends the tokens that it begins with, and spells the words in them.
    private protected abstract IReadOnlyList<(int[] Tokens, long Count)> Spell(
        (string Word, long Count)[] words, List<string> tokens);

    private protected abstract TTokenizer Create(
        SubwordVocabulary vocabulary, SpecialTokenIds special, IReadOnlyList<(int Left, int Right, int Id)> merges);
}
