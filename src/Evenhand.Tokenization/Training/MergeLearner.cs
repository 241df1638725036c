using System.Runtime.InteropServices;
using Evenhand.Configuration;

namespace Evenhand.Tokenization.Training;

/// <summary>Merges the two tokens of the highest score, again and again, in words with counts.</summary>
/// <remarks>
/// <para>A merge touches only the words that hold the pair, and changes the counts of its neighbours' pairs only. The
/// queue holds what scores were when they last rose: an entry that is higher than the score now goes back at that
/// score, and one that is lower was followed by another.</para>
/// <para>Of equal scores the pair with the smaller ids goes first, left before right, so the result depends on the
/// words and their counts only.</para>
/// </remarks>
internal sealed class MergeLearner
{
    private readonly List<string> _tokens;
    private readonly Dictionary<string, int> _ids;
    private readonly string _prefix;
    private readonly MergeScore _score;
    private readonly long _minimumFrequency;
    private readonly int[][] _words;
    private readonly int[] _lengths;
    private readonly long[] _counts;

    private readonly Dictionary<long, Pair> _pairs = [];
    private readonly List<long> _frequencies = [];
    private readonly List<List<Pair>> _pairsOfToken = [];
    private readonly PriorityQueue<Pair, Priority> _queue = new();
    private readonly HashSet<Pair> _risen = [];
    private readonly Dictionary<long, (int Left, int Right, int Id)> _merges = [];

    /// <param name="tokens">The tokens that there are; those that are learned are appended.</param>
    /// <param name="prefix">What marks tokens that continue a word; empty for none.</param>
    /// <param name="words">Each word as tokens, which are changed, and how often it occurs.</param>
    /// <param name="score">Which pair goes first.</param>
    /// <param name="minimumFrequency">Least count of a pair that is merged.</param>
    public MergeLearner(
        List<string> tokens,
        string prefix,
        IReadOnlyList<(int[] Tokens, long Count)> words,
        MergeScore score,
        int minimumFrequency)
    {
        _tokens = tokens;
        _ids = tokens.Index().ToDictionary(t => t.Item, t => t.Index, StringComparer.Ordinal);
        _prefix = prefix;
        _score = score;
        _minimumFrequency = minimumFrequency;
        _words = [.. words.Select(w => w.Tokens)];
        _lengths = [.. words.Select(w => w.Tokens.Length)];
        _counts = [.. words.Select(w => w.Count)];
        foreach (var _ in tokens)
        {
            AddToken();
        }

        CountPairs();
    }

    /// <summary>Merges until there are so many tokens, or nothing is left to merge.</summary>
    /// <returns>The merges in their order: left, right and merged token.</returns>
    public IReadOnlyList<(int Left, int Right, int Id)> Learn(
        int size, Action<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var before = _tokens.Count;
        foreach (var pair in _pairs.Values)
        {
            Offer(pair);
        }

        while (_tokens.Count < size && _queue.TryDequeue(out var pair, out var priority))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var score = Score(pair);
            if (pair.Count < _minimumFrequency || score > priority.Score)
            {
                continue;
            }

            if (score < priority.Score)
            {
                Offer(pair);
                continue;
            }

            Merge(pair);
            progress?.Invoke(new WorkProgress(_tokens.Count - before, Math.Max(0, size - before), "merges"));
        }

        return [.. _merges.Values];
    }

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;

    private void CountPairs()
    {
        for (var word = 0; word < _words.Length; word++)
        {
            var tokens = _words[word];
            for (var i = 0; i < tokens.Length; i++)
            {
                _frequencies[tokens[i]] += _counts[word];
                if (i > 0)
                {
                    Change(tokens[i - 1], tokens[i], word, _counts[word]);
                }
            }
        }

        _risen.Clear();
    }

    private void AddToken()
    {
        _frequencies.Add(0);
        _pairsOfToken.Add([]);
    }

    private double Score(Pair pair) => _score == MergeScore.Frequency
        ? pair.Count
        : pair.Count / ((double)_frequencies[pair.Left] * _frequencies[pair.Right]);

    private void Offer(Pair pair)
    {
        if (pair.Count >= _minimumFrequency)
        {
            _queue.Enqueue(pair, new Priority(Score(pair), Key(pair.Left, pair.Right)));
        }
    }

    private void Change(int left, int right, int word, long change)
    {
        ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, Key(left, right), out var exists);
        if (!exists)
        {
            pair = new Pair(left, right);
            if (_score == MergeScore.Likelihood)
            {
                _pairsOfToken[left].Add(pair);
                _pairsOfToken[right].Add(pair);
            }
        }

        pair!.Count += change;
        if (change > 0)
        {
            if (pair.Words.Count == 0 || pair.Words[^1] != word)
            {
                pair.Words.Add(word);
            }

            _risen.Add(pair);
        }
    }

    private void Merge(Pair pair)
    {
        var text = _tokens[pair.Left] + _tokens[pair.Right][_prefix.Length..];
        if (!_ids.TryGetValue(text, out var id))
        {
            id = _tokens.Count;
            _ids.Add(text, id);
            _tokens.Add(text);
            AddToken();
        }

        // Another merge may have spelled one of the two anew after they were merged before; the first time counts.
        _merges.TryAdd(Key(pair.Left, pair.Right), (pair.Left, pair.Right, id));
        var words = pair.Words.ToArray();
        pair.Words.Clear();
        foreach (var word in words)
        {
            Merge(pair, id, word);
        }

        if (_score == MergeScore.Likelihood)
        {
            // Their tokens are rarer now, so the scores of all their pairs rose.
            _risen.UnionWith(_pairsOfToken[pair.Left]);
            _risen.UnionWith(_pairsOfToken[pair.Right]);
        }

        foreach (var risen in _risen)
        {
            Offer(risen);
        }

        _risen.Clear();
    }

    private void Merge(Pair pair, int id, int word)
    {
        var tokens = _words[word].AsSpan(0, _lengths[word]);
        var count = _counts[word];
        var length = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] != pair.Left || i + 1 == tokens.Length || tokens[i + 1] != pair.Right)
            {
                tokens[length++] = tokens[i];
                continue;
            }

            if (length > 0)
            {
                Change(tokens[length - 1], pair.Left, word, -count);
                Change(tokens[length - 1], id, word, count);
            }

            if (i + 2 < tokens.Length)
            {
                Change(pair.Right, tokens[i + 2], word, -count);
                Change(id, tokens[i + 2], word, count);
            }

            pair.Count -= count;
            _frequencies[pair.Left] -= count;
            _frequencies[pair.Right] -= count;
            _frequencies[id] += count;
            tokens[length++] = id;
            i++;
        }

        _lengths[word] = length;
    }

    private sealed class Pair(int left, int right)
    {
        public int Left { get; } = left;

        public int Right { get; } = right;

        public long Count { get; set; }

        /// <summary>Words that hold the pair, or held it.</summary>
        public List<int> Words { get; } = [];
    }

    /// <summary>The highest score first, then the smallest ids.</summary>
    private readonly record struct Priority(double Score, long Key) : IComparable<Priority>
    {
        public int CompareTo(Priority other) =>
            Score == other.Score ? Key.CompareTo(other.Key) : other.Score.CompareTo(Score);
    }
}
