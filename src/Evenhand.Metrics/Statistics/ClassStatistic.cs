using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Sums by class, laid out as <see cref="ClassSums"/> says.</summary>
/// <remarks>A row adds to a few figures, however many classes there are, so resamples sum over these only.</remarks>
/// <param name="Classes">Number of classes; 0 until <see cref="For"/> says.</param>
internal abstract record ClassStatistic(int Classes) : AdditiveStatistic
{
    public sealed override int Width => ClassSums.WidthOf(Classes);

    public sealed override Statistic For(EvaluationData data) =>
        this with { Classes = ((ClassesEvaluation)data).ClassCount };

    public sealed override void Contribute(EvaluationData data, int start, int count, Span<double> target)
    {
        target.Clear();
        var entries = new (int Figure, double Value)[Width];
        for (var i = 0; i < count; i++)
        {
            foreach (var (figure, value) in Entries(data, start + i, entries))
            {
                target[(figure * count) + i] = value;
            }
        }
    }

    public sealed override PreparedStatistic Prepare(Frame frame) => new PreparedClasses(this, frame);

    /// <summary>The figures that a row adds to, each once: its weight where classes are counted, anything to figures of
    /// whole rows.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="row">The row.</param>
    /// <param name="room">Room for <see cref="Width"/> entries.</param>
    protected abstract ReadOnlySpan<(int Figure, double Value)> Entries(
        EvaluationData data, int row, Span<(int Figure, double Value)> room);

    /// <summary>Place of the first figure of whole rows.</summary>
    protected int FirstRowFigure => 1 + (3 * Classes);

    /// <summary>Rows of one atom that count in the same figures are summed as one; figures of whole rows are summed by
    /// entry, so that a resample is a dot product.</summary>
    private sealed class PreparedClasses : PreparedStatistic
    {
        private readonly Frame _frame;
        private readonly int _width;
        private readonly int _firstRowFigure;

        // Patterns: the figures, by atom, in which rows count. Rows lie pattern after pattern; the first row of each,
        // and at the end the number of rows.
        private readonly List<int[]> _patterns = [];
        private readonly int[] _starts;
        private readonly int[] _units;
        private readonly double[] _weights;

        // By figure of whole rows; null where it is 0 for all.
        private readonly double[]?[] _columns = new double[]?[ClassSums.RowFigures];

        public PreparedClasses(ClassStatistic statistic, Frame frame)
        {
            _frame = frame;
            _width = statistic.Width;
            _firstRowFigure = statistic.FirstRowFigure;
            var patternOfRow = FindPatterns(statistic);
            _starts = new int[_patterns.Count + 1];
            foreach (var pattern in patternOfRow)
            {
                _starts[pattern + 1]++;
            }

            for (var pattern = 0; pattern < _patterns.Count; pattern++)
            {
                _starts[pattern + 1] += _starts[pattern];
            }

            _units = new int[patternOfRow.Length];
            _weights = new double[patternOfRow.Length];
            var next = _starts[..^1];
            for (var row = 0; row < patternOfRow.Length; row++)
            {
                var place = next[patternOfRow[row]]++;
                _units[place] = frame.Units.UnitOf(row);
                _weights[place] = frame.Data.RowWeights?[row] ?? 1;
            }
        }

        public override int Length => _frame.Populations.Count * _width;

        public override void Measure(Resample resample, Span<double> figures)
        {
            var atoms = resample.Rent(_frame.Populations.AtomCount * _width);
            atoms.Clear();
            for (var pattern = 0; pattern < _patterns.Count; pattern++)
            {
                var (start, end) = (_starts[pattern], _starts[pattern + 1]);
                var sum = Sum(_units.AsSpan(start..end), _weights.AsSpan(start..end), resample.UnitWeights);
                foreach (var figure in _patterns[pattern])
                {
                    atoms[figure] += sum;
                }
            }

            var entries = _frame.Units.AtomStarts;
            foreach (var (figure, column) in _columns.Index())
            {
                for (var atom = 0; column is not null && atom + 1 < entries.Length; atom++)
                {
                    var (start, length) = (entries[atom], entries[atom + 1] - entries[atom]);
                    atoms[(atom * _width) + _firstRowFigure + figure] = DotProduct.Of<double>(
                        resample.EntryWeights.Slice(start, length), column.AsSpan(start, length));
                }
            }

            _frame.Populations.Fold(atoms, _width, figures);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static double Sum(ReadOnlySpan<int> units, ReadOnlySpan<double> weights, ReadOnlySpan<double> drawn)
        {
            var sum = 0.0;
            for (var i = 0; i < units.Length; i++)
            {
                sum += weights[i] * drawn[units[i]];
            }

            return sum;
        }

        // The pattern of each row; fills the patterns and the columns on the way.
        private int[] FindPatterns(ClassStatistic statistic)
        {
            var populations = _frame.Populations;
            var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
            var room = new (int Figure, double Value)[_width];
            var counted = new int[_width];
            var patternOfRow = new int[_frame.Data.Count];
            for (var row = 0; row < patternOfRow.Length; row++)
            {
                if (row % 8192 == 0)
                {
                    _frame.Options.CancellationToken.ThrowIfCancellationRequested();
                }

                var (first, count) = ((populations.Codes[row] + populations.Offset) * _width, 0);
                foreach (var (figure, value) in statistic.Entries(_frame.Data, row, room))
                {
                    if (figure < _firstRowFigure)
                    {
                        counted[count++] = first + figure;
                    }
                    else if (value != 0)
                    {
                        var column = _columns[figure - _firstRowFigure] ??= new double[_frame.Units.EntryCount];
                        column[_frame.Units.EntryOfRow[row]] += value;
                    }
                }

                // The numbers of the figures, two characters each, are the key.
                var pattern = counted.AsSpan(0, count);
                var key = new string(MemoryMarshal.Cast<int, char>(pattern));
                if (!numbers.TryGetValue(key, out patternOfRow[row]))
                {
                    numbers.Add(key, patternOfRow[row] = _patterns.Count);
                    _patterns.Add(pattern.ToArray());
                }
            }

            return patternOfRow;
        }
    }
}
