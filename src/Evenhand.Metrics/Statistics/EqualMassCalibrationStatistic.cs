using System.Runtime.CompilerServices;
using Evenhand.Metrics.Evaluations;
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

    private sealed class PreparedScans(Frame frame) : PreparedStatistic
    {
        private readonly RowsByScore[] _sorted = frame.RowsByScore;

        public override int Length => frame.Populations.Count * 2;

        public override void Measure(Resample resample, Span<double> figures)
        {
            foreach (var rows in _sorted)
            {
                for (var population = 0; population < rows.Count; population++)
                {
                    Measure(
                        rows.RowsOf(population),
                        rows.Scores.AsSpan(rows.PlacesOf(population)),
                        rows.WeightsOf(population, resample),
                        figures.Slice(rows.NumberOf(population) * 2, 2));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Measure(
            ReadOnlySpan<uint> rows, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights, Span<double> figures)
        {
            figures.Clear();
            foreach (var weight in weights)
            {
                figures[0] += weight;
            }

            if (figures[0] == 0)
            {
                return;
            }

            Span<double> errors = stackalloc double[Bins];
            errors.Clear();
            var (below, total) = (0.0, figures[0]);
            for (var place = 0; place < rows.Length;)
            {
                // Rows that tie with the first. A score that is no probability makes the figure undefined.
                var (tied, error, score) = (0.0, 0.0, Probability.Of(scores[place]));
                do
                {
                    tied += weights[place];
                    error += weights[place] * (score - (rows[place] & 1));
                    place++;
                }
                while (place < rows.Length && (rows[place] & 2) == 0);

                errors[Math.Min((int)(Bins * (below + (0.5 * tied)) / total), Bins - 1)] += error;
                below += tied;
            }

            foreach (var error in errors)
            {
                figures[1] += Math.Abs(error);
            }
        }
    }
}
