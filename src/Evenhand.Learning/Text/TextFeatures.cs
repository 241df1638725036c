using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Hashed n-grams of texts as weighted, normalized rows.</summary>
/// <remarks>
/// A column's inverse document frequency is <c>ln((1 + n) / (1 + df)) + 1</c> for n training texts of which df have
/// it, and 0 where df is below the minimum; a row is the counts (or 1 + ln count) times these, divided by its
/// Euclidean length.
/// </remarks>
internal sealed class TextFeatures
{
    private const int TextsOfJob = 256;

    private readonly LogisticRegressionOptions _options;
    private readonly float[] _inverseFrequencies;

    private TextFeatures(LogisticRegressionOptions options, float[] inverseFrequencies)
    {
        _options = options;
        _inverseFrequencies = inverseFrequencies;
    }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => _inverseFrequencies.Length;

    /// <summary>Inverse document frequency of each column; 0 for columns that are not used.</summary>
    public ReadOnlySpan<float> InverseFrequencies => _inverseFrequencies;

    /// <summary>Learns the document frequencies of the texts and gives their rows.</summary>
    public static (TextFeatures Features, SparseMatrix Rows) Fit(
        TextColumn texts, LogisticRegressionOptions options, int threads, CancellationToken cancellationToken)
    {
        var counts = Count(texts, options, threads, cancellationToken);
        var frequencies = new int[1 << options.HashBits];
        foreach (var job in counts)
        {
            foreach (var column in job.Columns)
            {
                frequencies[column]++;
            }
        }

        var features = new TextFeatures(options, Array.ConvertAll(frequencies, df =>
            df < options.MinimumDocumentFrequency
                ? 0
                : (float)(Math.Log((1.0 + texts.Length) / (1.0 + df)) + 1)));
        return (features, features.Weigh(counts));
    }

    /// <summary>The rows of other texts.</summary>
    public SparseMatrix Transform(TextColumn texts, int threads, CancellationToken cancellationToken) =>
        Weigh(Count(texts, _options, threads, cancellationToken));

    public static TextFeatures Read(ModelReader reader, LogisticRegressionOptions options)
    {
        var columns = reader.ReadArray<int>("columns");
        var values = reader.ReadArray<float>("inverseFrequencies", columns.Length);
        var inverseFrequencies = new float[1 << options.HashBits];
        for (var i = 0; i < columns.Length; i++)
        {
            inverseFrequencies[columns[i]] = values[i];
        }

        return new TextFeatures(options, inverseFrequencies);
    }

    /// <summary>Writes the columns in use; gives them back, ascending.</summary>
    public int[] Write(ModelWriter writer)
    {
        var columns = Enumerable.Range(0, ColumnCount).Where(c => _inverseFrequencies[c] != 0).ToArray();
        writer.Write<int>("columns", columns);
        writer.Write<float>("inverseFrequencies", Array.ConvertAll(columns, c => _inverseFrequencies[c]));
        return columns;
    }

    private static Counts[] Count(
        TextColumn texts, LogisticRegressionOptions options, int threads, CancellationToken cancellationToken)
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
                    counter.Count(texts.Values[row], counts.Columns, counts.Values);
                    counts.Ends.Add(counts.Columns.Count);
                }

                jobs[job] = counts;
                return counter;
            },
            _ => { });
        return jobs;
    }

    private SparseMatrix Weigh(Counts[] counts)
    {
        var rows = counts.Sum(c => c.Ends.Count);
        var size = counts.Sum(c => (long)c.Columns.Count);
        var starts = new int[rows + 1];
        var columns = new int[checked((int)size)];
        var values = new float[columns.Length];
        var (row, next) = (0, 0);
        foreach (var job in counts)
        {
            var read = 0;
            foreach (var end in job.Ends)
            {
                var squares = 0.0;
                for (; read < end; read++)
                {
                    var value = job.Values[read] * _inverseFrequencies[job.Columns[read]];
                    if (value != 0)
                    {
                        columns[next] = job.Columns[read];
                        values[next++] = value;
                        squares += (double)value * value;
                    }
                }

                var scale = squares > 0 ? 1 / Math.Sqrt(squares) : 0;
                foreach (ref var value in values.AsSpan(starts[row]..next))
                {
                    value = (float)(value * scale);
                }

                starts[++row] = next;
            }
        }

        return next == columns.Length
            ? new SparseMatrix(starts, columns, values, ColumnCount)
            : new SparseMatrix(starts, columns[..next], values[..next], ColumnCount);
    }

    /// <summary>Columns and counts of some texts, one after the other.</summary>
    private sealed class Counts
    {
        public List<int> Columns { get; } = [];

        public List<float> Values { get; } = [];

        public List<int> Ends { get; } = [];
    }
}
