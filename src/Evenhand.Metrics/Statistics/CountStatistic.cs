using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>A statistic in which each row adds its weight to one cell of a small table, such as a confusion
/// matrix.</summary>
internal abstract record CountStatistic : AdditiveStatistic
{
    private const int ChunkRows = 2048;

    // Below this size of table, four copies stay in the first-level cache.
    private const int SmallTable = 1024;

    /// <summary>The cell of each row, from 0 to <see cref="Statistic.Width"/> - 1.</summary>
    public abstract void Cells(EvaluationData data, int start, Span<int> cells);

    public sealed override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        target.Clear();
        var cells = count <= ChunkRows ? stackalloc int[count] : new int[count];
        Cells(data, start, cells);
        for (var i = 0; i < count; i++)
        {
            target[(cells[i] * count) + i] = data.RowWeights?[start + i] ?? 1;
        }
    }

    /// <summary>Counts whole rows where nothing is weighted: exact, and several times as fast as sums.</summary>
    public sealed override double[] MeasureAtoms(Frame frame)
    {
        if (frame.Data.RowWeights is not null)
        {
            return base.MeasureAtoms(frame);
        }

        var size = frame.Populations.AtomCount * Width;
        var total = new long[size];
        frame.ForBlocks((_, start, count) =>
        {
            var copies = size <= SmallTable ? 4 : 1;
            var table = new int[copies * size];
            Span<int> cells = stackalloc int[ChunkRows];
            for (var done = 0; done < count; done += ChunkRows)
            {
                var chunk = cells[..Math.Min(ChunkRows, count - done)];
                Cells(frame.Data, start + done, chunk);
                var codes = frame.Populations.Codes.AsSpan(start + done, chunk.Length);
                AddAtoms(chunk, codes, frame.Populations.Offset);
                Tally.Add(chunk, 0, table, copies == 4 ? size : 0);
            }

            lock (total)
            {
                for (var i = 0; i < table.Length; i++)
                {
                    total[i % size] += table[i];
                }
            }
        });
        return Array.ConvertAll(total, count => (double)count);
    }

    /// <summary>One number a row instead of a column a cell, where rows are units of weight 1.</summary>
    public sealed override PreparedStatistic Prepare(Frame frame) =>
        frame.Data is { Units: null, RowWeights: null } ? new PreparedCells(this, frame) : base.Prepare(frame);

    // cell + (code + offset) * width. Optimized at once: the first report of a process should not be the slow one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddAtoms(Span<int> cells, ReadOnlySpan<int> codes, int offset)
    {
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(cells);
        var codeVectors = MemoryMarshal.Cast<int, Vector<int>>(codes);
        var shift = new Vector<int>(offset * Width);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] += (codeVectors[i] * Width) + shift;
        }

        for (var i = vectors.Length * Vector<int>.Count; i < cells.Length; i++)
        {
            cells[i] += (codes[i] + offset) * Width;
        }
    }

    private sealed class PreparedCells : PreparedStatistic
    {
        private readonly Frame _frame;
        private readonly int _width;

        // Of each entry, atom * width + cell.
        private readonly int[] _cells;

        public PreparedCells(CountStatistic statistic, Frame frame)
        {
            (_frame, _width) = (frame, statistic.Width);
            _cells = new int[frame.Data.Count];
            var (populations, entryOfRow) = (frame.Populations, frame.Units.EntryOfRow);
            Span<int> cells = stackalloc int[ChunkRows];
            for (var start = 0; start < _cells.Length; start += ChunkRows)
            {
                var chunk = cells[..Math.Min(ChunkRows, _cells.Length - start)];
                statistic.Cells(frame.Data, start, chunk);
                for (var i = 0; i < chunk.Length; i++)
                {
                    var atom = populations.Codes[start + i] + populations.Offset;
                    _cells[entryOfRow[start + i]] = (atom * _width) + chunk[i];
                }
            }
        }

        public override int Length => _frame.Populations.Count * _width;

        public override void Measure(Resample resample, Span<double> figures)
        {
            var atoms = resample.Rent(_frame.Populations.AtomCount * _width);
            atoms.Clear();
            var weights = resample.EntryWeights;
            for (var entry = 0; entry < _cells.Length; entry++)
            {
                atoms[_cells[entry]] += weights[entry];
            }

            _frame.Populations.Fold(atoms, _width, figures);
        }
    }
}
