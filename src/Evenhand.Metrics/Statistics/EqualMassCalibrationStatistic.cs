using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Weight of a population, and the sum over bins of equal weight of |sum w (p - y)|, where p is the score and
/// y the label.</summary>
/// <remarks>The bins are those of the population itself, and of each resample: rows are scanned in the order of their
/// scores. Rows of one score share a bin, the one in which the middle of their weight falls, so that the figure does
/// not depend on the order of the rows, and a row of weight 2 is the row twice.</remarks>
internal sealed record EqualMassCalibrationStatistic : Statistic
{
    /// <summary>Number of bins.</summary>
    public const int Bins = 10;

    public static EqualMassCalibrationStatistic Instance { get; } = new();

    public override int Width => 2;

    public override PreparedStatistic Prepare(Frame frame) => new PreparedScans(frame);

    private sealed class PreparedScans : PreparedStatistic
    {
        private readonly Frame _frame;
        private readonly ClassificationEvaluation _data;
        private readonly RowsByScore[] _sorted;

        public PreparedScans(Frame frame)
        {
            _frame = frame;
            _data = (ClassificationEvaluation)frame.Data;
            _sorted = RowsByScore.Of(frame, _data.Scores!);
        }

        public override int Length => _frame.Populations.Count * 2;

        public override void Measure(Resample resample, Span<double> figures)
        {
            foreach (var (rows, starts, first) in _sorted)
            {
                for (var group = 0; group + 1 < starts.Length; group++)
                {
                    MeasureGroup(
                        rows.AsSpan(starts[group]..starts[group + 1]),
                        resample.UnitWeights,
                        figures.Slice((first + group) * 2, 2));
                }
            }
        }

        private void MeasureGroup(ReadOnlySpan<int> rows, ReadOnlySpan<double> drawn, Span<double> figures)
        {
            var total = 0.0;
            foreach (var row in rows)
            {
                total += WeightOf(row, drawn);
            }

            Span<double> errors = stackalloc double[Bins];
            errors.Clear();
            var below = 0.0;
            for (var start = 0; start < rows.Length;)
            {
                // Rows that tie with the first.
                var score = _data.Scores![rows[start]];
                var (tied, error) = (0.0, 0.0);
                for (; start < rows.Length && _data.Scores[rows[start]] == score; start++)
                {
                    var weight = WeightOf(rows[start], drawn);
                    tied += weight;
                    error += weight * (score - _data.Labels[rows[start]]);
                }

                if (tied > 0)
                {
                    errors[Math.Min((int)(Bins * (below + (0.5 * tied)) / total), Bins - 1)] +=
                        Probability.Is(score) ? error : double.NaN;
                }

                below += tied;
            }

            figures[0] = total;
            figures[1] = 0;
            foreach (var error in errors)
            {
                figures[1] += Math.Abs(error);
            }
        }

        private double WeightOf(int row, ReadOnlySpan<double> drawn) =>
            drawn[_frame.Units.UnitOf(row)] * (_data.Weights?[row] ?? 1);
    }
}
