using System.Runtime.InteropServices;

namespace Evenhand.Learning.Text.Features;

/// <summary>In how many texts each feature occurs, and which features are worth a column.</summary>
internal static class DocumentFrequencies
{
    /// <summary>The keys of the features in use, ascending, and in how many texts each occurs.</summary>
    /// <param name="counts">The keys of the features of each text, each once a text.</param>
    /// <param name="texts">How many texts there are.</param>
    /// <param name="options">Which features are used.</param>
    public static (ulong[] Keys, int[] Frequencies) Choose(
        IEnumerable<List<ulong>> counts, int texts, TextFeatureOptions options)
    {
        var least = options.MinimumDocumentFrequency;
        var most = (int)Math.Floor(options.MaximumDocumentShare * texts);
        return options.VocabularySize > 0
            ? MostFrequent(counts, least, most, options.VocabularySize)
            : AllBuckets(counts, least, most, options.HashBits);
    }

    private static (ulong[] Keys, int[] Frequencies) AllBuckets(
        IEnumerable<List<ulong>> counts, int least, int most, int bits)
    {
        var frequencies = new int[1 << bits];
        foreach (var keys in counts)
        {
            foreach (var key in keys)
            {
                frequencies[key]++;
            }
        }

        var (chosen, chosenFrequencies) = (new List<ulong>(), new List<int>());
        for (var bucket = 0; bucket < frequencies.Length; bucket++)
        {
            if (frequencies[bucket] > 0 && frequencies[bucket] >= least && frequencies[bucket] <= most)
            {
                chosen.Add((ulong)bucket);
                chosenFrequencies.Add(frequencies[bucket]);
            }
        }

        return ([.. chosen], [.. chosenFrequencies]);
    }

    private static (ulong[] Keys, int[] Frequencies) MostFrequent(
        IEnumerable<List<ulong>> counts, int least, int most, int size)
    {
        var frequencies = new Dictionary<ulong, int>();
        foreach (var keys in counts)
        {
            foreach (var key in keys)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(frequencies, key, out _)++;
            }
        }

        var chosen = frequencies.Where(f => f.Value >= least && f.Value <= most).ToArray();

        // Of equally frequent ones those with the smaller key, so that one size gives one vocabulary.
        Array.Sort(chosen, (a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : a.Key.CompareTo(b.Key));
        chosen = chosen[..Math.Min(size, chosen.Length)];
        Array.Sort(chosen, (a, b) => a.Key.CompareTo(b.Key));
        return (Array.ConvertAll(chosen, f => f.Key), Array.ConvertAll(chosen, f => f.Value));
    }
}
