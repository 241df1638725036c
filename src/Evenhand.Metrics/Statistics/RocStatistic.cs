using System.Runtime.CompilerServices;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Weight of negatives, weight of positives, and weight of concordant pairs, ties counting one half.</summary>
/// <remarks>Pairs within a group are not a sum over rows, so each population is scanned in the order of the scores. The
/// rows are sorted once; groups and resamples share that order.</remarks>
internal sealed record RocStatistic : Statistic
{
    public const int Negatives = 0;
    public const int Positives = 1;
    public const int Concordant = 2;
    public const int FigureCount = 3;

    public static RocStatistic Instance { get; } = new();

    public override int Width => FigureCount;

    public override PreparedStatistic Prepare(Frame frame) => new PreparedScans(frame, frame.RowsByScore);

    /// <summary>The three figures of each population, of any scores and labels (1 or 0) of the rows.</summary>
    public static PreparedStatistic Scan(Frame frame, ScoredRows rows) =>
        new PreparedScans(frame, RowsByScore.Of(frame, rows));

    private sealed class PreparedScans(Frame frame, RowsByScore[] sorted) : PreparedStatistic
    {
        public override int Length => frame.Populations.Count * FigureCount;

        public override void Measure(Resample resample, Span<double> figures)
        {
            foreach (var rows in sorted)
            {
                for (var population = 0; population < rows.Count; population++)
                {
                    Measure(
                        rows.RowsOf(population),
                        rows.WeightsOf(population, resample),
                        figures.Slice(rows.NumberOf(population) * FigureCount, FigureCount));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Measure(ReadOnlySpan<uint> rows, ReadOnlySpan<double> weights, Span<double> figures)
        {
            // Of the rows with smaller scores, and of those with the score at hand.
            var (negatives, positives, concordant) = (0.0, 0.0, 0.0);
            var (tiedNegatives, tiedPositives) = (0.0, 0.0);
            for (var i = 0; i < rows.Length; i++)
            {
                var row = rows[i];
                if ((row & 2) != 0)
                {
                    concordant += tiedPositives * (negatives + (0.5 * tiedNegatives));
                    negatives += tiedNegatives;
                    positives += tiedPositives;
                    (tiedNegatives, tiedPositives) = (0, 0);
                }

                // No branch on the label.
                var positive = weights[i] * (int)(row & 1);
                tiedPositives += positive;
                tiedNegatives += weights[i] - positive;
            }

            figures[Negatives] = negatives + tiedNegatives;
            figures[Positives] = positives + tiedPositives;
            figures[Concordant] = concordant + (tiedPositives * (negatives + (0.5 * tiedNegatives)));
        }
    }
}
