using System.Runtime.CompilerServices;
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
        private readonly SortedRows[] _sorted;

        public PreparedScans(Frame frame)
        {
            var data = (ClassificationEvaluation)frame.Data;
            _frame = frame;
            _sorted = Array.ConvertAll(
                RowsByScore.Of(frame, data.Scores!), sorted => SortedRows.Of(frame, data, sorted));
        }

        public override int Length => _frame.Populations.Count * 2;

        public override void Measure(Resample resample, Span<double> figures)
        {
            foreach (var rows in _sorted)
            {
                for (var group = 0; group + 1 < rows.Starts.Length; group++)
                {
                    MeasureGroup(
                        rows,
                        rows.Starts[group],
                        rows.Starts[group + 1],
                        resample.UnitWeights,
                        figures.Slice((rows.FirstPopulation + group) * 2, 2));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MeasureGroup(
            SortedRows rows, int start, int end, ReadOnlySpan<double> drawn, Span<double> figures)
        {
            var total = 0.0;
            for (var place = start; place < end; place++)
            {
                total += rows.WeightAt(place, drawn);
            }

            Span<double> errors = stackalloc double[Bins];
            errors.Clear();
            var below = 0.0;
            for (var place = start; place < end;)
            {
                // Rows that tie with the first.
                var (tied, error) = (0.0, 0.0);
                do
                {
                    var weight = rows.WeightAt(place, drawn);
                    tied += weight;
                    error += weight * rows.Errors[place];
                    place++;
                }
                while (place < end && !rows.Rises(place));

                if (tied > 0)
                {
                    errors[Math.Min((int)(Bins * (below + (0.5 * tied)) / total), Bins - 1)] += error;
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
    }

    /// <summary>Rows in the order of their scores, group after group.</summary>
    /// <param name="Starts">Place of each group's first row, and at the end the number of places.</param>
    /// <param name="FirstPopulation">Number of the first group's population.</param>
    /// <param name="Units">2 * unit + 1 where the score is larger than the one before it.</param>
    /// <param name="Errors">Score less label; NaN where the score is no probability.</param>
    /// <param name="Weights">Weights; null where all are 1.</param>
    private sealed record SortedRows(
        int[] Starts, int FirstPopulation, uint[] Units, double[] Errors, double[]? Weights)
    {
        public static SortedRows Of(Frame frame, ClassificationEvaluation data, RowsByScore sorted)
        {
            var (rows, scores) = (sorted.Rows, data.Scores!);
            var units = new uint[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var rises = i > 0 && scores[rows[i]] > scores[rows[i - 1]];
                units[i] = (2 * (uint)frame.Units.UnitOf(rows[i])) + (rises ? 1u : 0);
            }

            return new SortedRows(
                sorted.Starts,
                sorted.FirstPopulation,
                units,
                Array.ConvertAll(rows, row => Probability.Of(scores[row]) - data.Labels[row]),
                data.Weights is { } weights ? Array.ConvertAll(rows, row => weights[row]) : null);
        }

        public bool Rises(int place) => (Units[place] & 1) != 0;

        public double WeightAt(int place, ReadOnlySpan<double> drawn) =>
            drawn[(int)(Units[place] >> 1)] * (Weights is null ? 1 : Weights[place]);
    }
}
