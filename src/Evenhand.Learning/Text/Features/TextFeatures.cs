using Evenhand.Data.Columns;
using Evenhand.Data.Text;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Text.Features;

/// <summary>The n-grams of texts as weighted, normalized rows.</summary>
/// <remarks>
/// A row is the counts of the features (or 1 + ln count) times their inverse document frequencies, divided by the
/// row's norm. Features that training texts do not have, or too few or too many of them, have no column.
/// </remarks>
public sealed class TextFeatures
{
    private const int TextsOfJob = 256;

    private readonly TextFeatureOptions _options;
    private readonly FeatureIndex _index;
    private readonly float[] _inverseFrequencies;

    private TextFeatures(TextFeatureOptions options, FeatureIndex index, float[] inverseFrequencies)
    {
        _options = options;
        _index = index;
        _inverseFrequencies = inverseFrequencies;
    }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => _index.Count;

    /// <summary>Weight of each column by how rare it is.</summary>
    public ReadOnlySpan<float> InverseFrequencies => _inverseFrequencies;

    /// <summary>Learns which features there are and how frequent, and gives the rows of the texts.</summary>
    /// <param name="texts">The training texts; what is missing counts as empty.</param>
    /// <param name="options">What makes a feature, and how it weighs.</param>
    /// <param name="threads">How many threads may work; the features do not depend on it.</param>
    /// <param name="cancellationToken">Polled before each text.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static (TextFeatures Features, SparseMatrix Rows) Fit(
        TextColumn texts, TextFeatureOptions options, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        var counts = Count(texts, options, threads, cancellationToken);
        var (keys, frequencies) = DocumentFrequencies.Choose(counts.Select(c => c.Keys), texts.Length, options);
        double n = texts.Length;
        var features = new TextFeatures(
            options,
            new FeatureIndex(keys, FeatureIndex.BitsOf(options)),
            Array.ConvertAll(frequencies, df => (float)(options.InverseDocumentFrequency switch
            {
                InverseDocumentFrequency.Smooth => Math.Log((1 + n) / (1.0 + df)) + 1,
                InverseDocumentFrequency.Plain => Math.Log(n / df) + 1,
                _ => 1,
            })));
        return (features, features.Weigh(counts, threads, cancellationToken));
    }

    /// <summary>The rows of other texts.</summary>
    /// <param name="texts">The texts; what is missing counts as empty.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <param name="cancellationToken">Polled before each text.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public SparseMatrix Transform(TextColumn texts, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Weigh(Count(texts, _options, threads, cancellationToken), threads, cancellationToken);
    }

    /// <summary>The row of one text.</summary>
    public (int[] Columns, float[] Values) Transform(string? text)
    {
        var rows = Transform(new TextColumn("text", new[] { text }), threads: 1, CancellationToken.None);
        return (rows.ColumnsOf(0).ToArray(), rows.ValuesOf(0).ToArray());
    }

    /// <summary>The columns of a text's n-grams and where each stands; n-grams without a column are left
    /// out.</summary>
    public IEnumerable<(int Column, TextSpan Span)> Locate(string? text)
    {
        foreach (var (key, span) in new NgramCounter(_options).Locate(text))
        {
            if (_index.ColumnOf(key) is >= 0 and var column)
            {
                yield return (column, span);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The model's state.</param>
    /// <param name="options">The options that the features were learned with.</param>
    public static TextFeatures Read(ModelReader reader, TextFeatureOptions options)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(options);
        var index = FeatureIndex.Read(reader, options);
        return new TextFeatures(options, index, reader.ReadArray<float>("inverseFrequencies", index.Count));
    }

    /// <summary>Writes what was learned as a part of a model's state; the options are the model's to write.</summary>
    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _index.Write(writer, _options);
        writer.Write<float>("inverseFrequencies", _inverseFrequencies);
    }

    private static Counts[] Count(
        TextColumn texts, TextFeatureOptions options, int threads, CancellationToken cancellationToken)
    {
        var jobs = new Counts[(texts.Length + TextsOfJob - 1) / TextsOfJob];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(
            0,
            jobs.Length,
            parallel,
            () => new NgramCounter(options),
            (job, _, counter) =>
            {
                var counts = new Counts();
                var end = Math.Min(texts.Length, (job + 1) * TextsOfJob);
                for (var row = job * TextsOfJob; row < end; row++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    counter.Count(texts.Values[row], counts.Keys, counts.Values);
                    counts.Ends.Add(counts.Keys.Count);
                }

                jobs[job] = counts;
                return counter;
            },
            _ => { });
        return jobs;
    }

    private SparseMatrix Weigh(Counts[] counts, int threads, CancellationToken cancellationToken)
    {
        var parts = new SparseMatrix[counts.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, parts.Length, parallel, job => parts[job] = Weigh(counts[job]));
        return SparseMatrix.Concatenate(parts, ColumnCount);
    }

    private SparseMatrix Weigh(Counts counts)
    {
        var starts = new int[counts.Ends.Count + 1];
        var columns = new int[counts.Keys.Count];
        var values = new float[counts.Keys.Count];
        var (read, next) = (0, 0);
        for (var row = 0; row < counts.Ends.Count; row++)
        {
            for (; read < counts.Ends[row]; read++)
            {
                if (_index.ColumnOf(counts.Keys[read]) is >= 0 and var column)
                {
                    columns[next] = column;
                    values[next++] = _options.IgnoresCounts
                        ? 1
                        : counts.Values[read] * _inverseFrequencies[column];
                }
            }

            starts[row + 1] = next;
            Scale(values.AsSpan(starts[row]..next));
        }

        return new SparseMatrix(starts, columns[..next], values[..next], ColumnCount);
    }

    private void Scale(Span<float> values)
    {
        if (_options.Norm == NormFunction.None || _options.IgnoresCounts)
        {
            return;
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += _options.Norm == NormFunction.L1 ? Math.Abs(value) : (double)value * value;
        }

        var norm = _options.Norm == NormFunction.L1 ? sum : Math.Sqrt(sum);
        var scale = norm > 0 ? 1 / norm : 0;
        foreach (ref var value in values)
        {
            value = (float)(value * scale);
        }
    }

    /// <summary>Keys and counts of some texts, one after the other.</summary>
    private sealed class Counts
    {
        public List<ulong> Keys { get; } = [];

        public List<float> Values { get; } = [];

        public List<int> Ends { get; } = [];
    }
}
