using System.Runtime.InteropServices;
using Evenhand.Data.Columns;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Text.FastText;

/// <summary>The words and n-grams that a classifier knows, by number.</summary>
/// <remarks>
/// An n-gram is known by the first bits of its hash; at the default of 32 bits hardly two of them meet. Every text ends
/// with a mark that is a feature too, number 0: texts without a known word have a vector, and the others a bias.
/// </remarks>
internal sealed class FastTextFeatures
{
    /// <summary>The number of the mark at the end of each text.</summary>
    public const int EndOfText = 0;

    private const int TextsOfJob = 256;
    private const int Dropped = -1;

    private readonly FastTextOptions _options;
    private readonly FastTextIndex _index;

    private FastTextFeatures(FastTextOptions options, FastTextIndex index)
    {
        _options = options;
        _index = index;
    }

    /// <summary>Number of features, the end of texts among them.</summary>
    public int Count => _index.Count + 1;

    /// <summary>Numbers the features of texts by their first occurrence.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="order">In which order they are read.</param>
    /// <param name="options">What is a feature, and how often it must occur.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <returns>The features, and those of each text in that order.</returns>
    public static (FastTextFeatures Features, FeatureRows Rows) Fit(
        TextColumn texts, int[] order, FastTextOptions options, FitContext context)
    {
        var jobs = Read(texts, order, options, context);
        var index = new FastTextIndex(expected: jobs.Sum(job => job.Keys.Count) / 16);
        var (starts, numbers) = Number(jobs, order.Length, index, context.CancellationToken);
        var rows = new FeatureRows(starts, numbers);
        if (options.MinimumCount > 1)
        {
            (index, rows) = DropRare(index, rows, options.MinimumCount);
        }

        return (new FastTextFeatures(options, index), rows);
    }

    /// <summary>Features with the given numbers only, numbered anew.</summary>
    /// <param name="kept">Numbers, ascending, the end of texts first.</param>
    public FastTextFeatures Keep(int[] kept)
    {
        var keys = _index.Keys();
        var index = new FastTextIndex(kept.Length);
        foreach (var number in kept.AsSpan(1))
        {
            index.Add(keys[number - 1]);
        }

        return new FastTextFeatures(_options, index);
    }

    /// <summary>What reads texts for <see cref="NumberOf"/>; for one thread.</summary>
    public FastTextReader CreateReader() => new(_options);

    /// <summary>The number of an n-gram, or -1 where it is not known.</summary>
    public int NumberOf(Ngram ngram, FastTextReader reader) =>
        _index.NumberOf(reader.KeyOf(ngram)) is var number and not Dropped ? number + 1 : Dropped;

    public static FastTextFeatures Read(ModelReader reader, FastTextOptions options)
    {
        var keys = reader.ReadArray<int>("features");
        var index = new FastTextIndex(keys.Length);
        foreach (var key in keys)
        {
            index.Add((uint)key);
        }

        return new FastTextFeatures(options, index);
    }

    public void Write(ModelWriter writer) => writer.Write("features", MemoryMarshal.Cast<uint, int>(_index.Keys()));

    private static TextKeys[] Read(TextColumn texts, int[] order, FastTextOptions options, FitContext context)
    {
        var jobs = new TextKeys[(order.Length + TextsOfJob - 1) / TextsOfJob];
        Parallel.For(
            0,
            jobs.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.CancellationToken,
            },
            () => new FastTextReader(options),
            (job, _, reader) =>
            {
                var keys = new TextKeys();
                var end = Math.Min(order.Length, (job + 1) * TextsOfJob);
                foreach (var row in order.AsSpan((job * TextsOfJob)..end))
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                    foreach (var ngram in reader.Read(texts.Values[row]))
                    {
                        keys.Keys.Add(reader.KeyOf(ngram));
                    }

                    keys.Ends.Add(keys.Keys.Count);
                }

                jobs[job] = keys;
                return reader;
            },
            _ => { });
        return jobs;
    }

    private static (int[] Starts, int[] Numbers) Number(
        TextKeys[] jobs, int rows, FastTextIndex index, CancellationToken cancellationToken)
    {
        var starts = new int[rows + 1];
        var numbers = new int[checked((int)jobs.Sum(job => (long)job.Keys.Count + job.Ends.Count))];
        var (row, next) = (0, 0);
        foreach (var job in jobs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var keys = CollectionsMarshal.AsSpan(job.Keys);
            var read = 0;
            foreach (var end in job.Ends)
            {
                foreach (var key in keys[read..end])
                {
                    numbers[next++] = index.Add(key) + 1;
                }

                read = end;
                numbers[next++] = EndOfText;
                starts[++row] = next;
            }
        }

        return (starts, numbers);
    }

    private static (FastTextIndex Index, FeatureRows Rows) DropRare(FastTextIndex index, FeatureRows rows, int minimum)
    {
        var counts = new int[index.Count + 1];
        foreach (var number in rows.Numbers)
        {
            counts[number]++;
        }

        var keys = index.Keys();
        var kept = new FastTextIndex(counts.Count(count => count >= minimum));
        var map = new int[counts.Length];
        for (var number = 1; number < counts.Length; number++)
        {
            map[number] = counts[number] >= minimum ? kept.Add(keys[number - 1]) + 1 : Dropped;
        }

        var starts = new int[rows.Count + 1];
        var numbers = new List<int>(rows.Numbers.Length);
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var number in rows[row])
            {
                if (map[number] != Dropped)
                {
                    numbers.Add(map[number]);
                }
            }

            starts[row + 1] = numbers.Count;
        }

        return (kept, new FeatureRows(starts, [.. numbers]));
    }

    /// <summary>Keys of some texts, one after the other.</summary>
    private sealed class TextKeys
    {
        public List<uint> Keys { get; } = [];

        public List<int> Ends { get; } = [];
    }
}
