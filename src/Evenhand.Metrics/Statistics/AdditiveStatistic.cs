using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>A statistic whose figures are sums over rows.</summary>
internal abstract record AdditiveStatistic : Statistic
{
    private const int ChunkRows = 2048;

    /// <summary>What each row adds, its weight included.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="start">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="target">Receives figure by figure the contributions of all rows: <c>target[figure * count +
    /// i]</c>.</param>
    public abstract void Contribute(EvaluationData data, int start, int count, Span<double> target);

    /// <summary>Sums by atom: <see cref="Statistic.Width"/> figures for each.</summary>
    public virtual double[] MeasureAtoms(Frame frame)
    {
        var populations = frame.Populations;
        var parts = new double[frame.BlockCount][];
        frame.ForBlocks((block, start, count) =>
        {
            var sums = new double[populations.AtomCount * Width];
            var buffer = new double[Width * Math.Min(ChunkRows, count)];
            for (var done = 0; done < count; done += ChunkRows)
            {
                var rows = Math.Min(ChunkRows, count - done);
                var chunk = buffer.AsSpan(0, Width * rows);
                Contribute(frame.Data, start + done, rows, chunk);
                AddByAtom(chunk, populations.Codes.AsSpan(start + done, rows), populations.Offset, sums);
            }

            parts[block] = sums;
        });

        // Added in the order of the blocks: the same bits for any number of threads.
        var total = new double[populations.AtomCount * Width];
        foreach (var part in parts)
        {
            for (var i = 0; i < total.Length; i++)
            {
                total[i] += part[i];
            }
        }

        return total;
    }

    public sealed override double[] Measure(Frame frame)
    {
        var sums = new double[frame.Populations.Count * Width];
        frame.Populations.Fold(MeasureAtoms(frame), Width, sums);
        return sums;
    }

    public override PreparedStatistic Prepare(Frame frame) => new PreparedSums(this, frame);

    private void AddByAtom(ReadOnlySpan<double> chunk, ReadOnlySpan<int> codes, int offset, Span<double> sums)
    {
        for (var figure = 0; figure < Width; figure++)
        {
            var values = chunk.Slice(figure * codes.Length, codes.Length);
            for (var i = 0; i < values.Length; i++)
            {
                sums[((codes[i] + offset) * Width) + figure] += values[i];
            }
        }
    }

    /// <summary>Contributions summed by unit and atom, one column a figure, atom after atom: a resample is a dot
    /// product.</summary>
    private sealed class PreparedSums : PreparedStatistic
    {
        private readonly Frame _frame;
        private readonly double[][] _columns;

        public PreparedSums(AdditiveStatistic statistic, Frame frame)
        {
            _frame = frame;
            var entryOfRow = frame.Units.EntryOfRow;
            _columns = new double[statistic.Width][];
            for (var figure = 0; figure < _columns.Length; figure++)
            {
                _columns[figure] = new double[frame.Units.EntryCount];
            }

            var buffer = new double[_columns.Length * ChunkRows];
            for (var start = 0; start < entryOfRow.Length; start += ChunkRows)
            {
                frame.Options.CancellationToken.ThrowIfCancellationRequested();
                var rows = Math.Min(ChunkRows, entryOfRow.Length - start);
                var chunk = buffer.AsSpan(0, _columns.Length * rows);
                statistic.Contribute(frame.Data, start, rows, chunk);
                for (var figure = 0; figure < _columns.Length; figure++)
                {
                    for (var i = 0; i < rows; i++)
                    {
                        _columns[figure][entryOfRow[start + i]] += chunk[(figure * rows) + i];
                    }
                }
            }
        }

        public override int Length => _frame.Populations.Count * _columns.Length;

        public override void Measure(Resample resample, Span<double> figures)
        {
            var starts = _frame.Units.AtomStarts;
            var weights = resample.EntryWeights;
            var atoms = resample.Rent(_frame.Populations.AtomCount * _columns.Length);
            for (var atom = 0; atom + 1 < starts.Length; atom++)
            {
                var (start, length) = (starts[atom], starts[atom + 1] - starts[atom]);
                for (var figure = 0; figure < _columns.Length; figure++)
                {
                    atoms[(atom * _columns.Length) + figure] = DotProduct.Of<double>(
                        weights.Slice(start, length), _columns[figure].AsSpan(start, length));
                }
            }

            _frame.Populations.Fold(atoms, _columns.Length, figures);
        }
    }
}
