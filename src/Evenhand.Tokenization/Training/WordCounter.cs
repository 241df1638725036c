using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Evenhand.Tokenization.Training;

/// <summary>Counts the words of texts instead of splitting them into tokens.</summary>
internal sealed class WordCounter : WordSegmenter
{
    private const int TextsOfJob = 256;

    private readonly Dictionary<string, long> _counts;
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private WordCounter()
    {
        _counts = new Dictionary<string, long>(StringComparer.Ordinal);
        _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The words of a stream of texts, which is read once, with how often each occurs.</summary>
    /// <param name="texts">The texts; null ones are empty.</param>
    /// <param name="createScanner">Makes what splits texts into words.</param>
    /// <param name="threads">Most threads at work.</param>
    /// <param name="cancellationToken">Polled before each text.</param>
    /// <returns>In the order of their characters, whatever the order of the texts and the threads.</returns>
    public static (string Word, long Count)[] Count(
        IEnumerable<string?> texts,
        Func<WordSegmenter, SubwordScanner> createScanner,
        int threads,
        CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, long>(StringComparer.Ordinal);
        Parallel.ForEach(
            Partitioner.Create(texts.Chunk(TextsOfJob), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () =>
            {
                var counter = new WordCounter();
                return (Counter: counter, Scanner: createScanner(counter));
            },
            (job, _, state) =>
            {
                foreach (var text in job)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    state.Scanner.Scan(text);
                }

                return state;
            },
            state =>
            {
                lock (all)
                {
                    foreach (var (word, count) in state.Counter._counts)
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(all, word, out _) += count;
                    }
                }
            });
        var words = all.Select(w => (w.Key, w.Value)).ToArray();
        Array.Sort(words, (x, y) => string.CompareOrdinal(x.Key, y.Key));
        return words;
    }

    public override ReadOnlySpan<SubwordPiece> Pieces(ReadOnlySpan<char> word)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_lookup, word, out _)++;
        return [];
    }
}
