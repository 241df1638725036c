using System.Buffers;
using System.Runtime.CompilerServices;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Weights of the positives and negatives of a group and of its background (all rows that are not in the
/// group), and weights of concordant pairs across the two, ties counting one half.</summary>
/// <remarks>
/// Pairs across are pairs with all rows less pairs within the group, so that one scan of all rows in the order of the
/// scores serves every group of an attribute, however many there are. Over all rows, which have no background, group
/// and background are both taken to be all rows.
/// </remarks>
internal sealed record BackgroundRocStatistic : Statistic
{
    public const int GroupNegatives = 0;
    public const int GroupPositives = 1;
    public const int BackgroundNegatives = 2;
    public const int BackgroundPositives = 3;

    /// <summary>Pairs of a positive of the background and a negative of the group.</summary>
    public const int BackgroundPositiveConcordant = 4;

    /// <summary>Pairs of a negative of the background and a positive of the group.</summary>
    public const int BackgroundNegativeConcordant = 5;

    private const int FigureCount = 6;

    public static BackgroundRocStatistic Instance { get; } = new();

    public override int Width => FigureCount;

    public override bool SharesRows => true;

    public override PreparedStatistic Prepare(Frame frame) => new PreparedScans(frame);

    private sealed class PreparedScans : PreparedStatistic
    {
        // What rounding leaves of a difference of equal sums is no row.
        private const double Rounding = 1e-12;

        private readonly Populations _populations;
        private readonly PreparedStatistic _within;
        private readonly RowsByScore _all;

        // By attribute: the code of each row, scores ascending.
        private readonly int[][] _codes;

        public PreparedScans(Frame frame)
        {
            _populations = frame.Populations;
            _within = RocStatistic.Instance.Prepare(frame);
            _all = frame.RowsByScore[0];
            _codes = [.. _populations.Attributes.Select(a => Array.ConvertAll(_all.Rows, row => a.Codes[row]))];
        }

        public override int Length => _populations.Count * FigureCount;

        public override void Measure(Resample resample, Span<double> figures)
        {
            var length = _within.Length;
            var room = ArrayPool<double>.Shared.Rent(length);
            var within = room.AsSpan(0, length);
            _within.Measure(resample, within);
            figures.Clear();
            SumPairs(_all.RowsOf(0), _all.WeightsOf(0, resample), within[RocStatistic.Positives], figures);
            for (var population = _populations.Count - 1; population >= 0; population--)
            {
                TakeApart(
                    figures.Slice(population * FigureCount, FigureCount),
                    within.Slice(population * RocStatistic.FigureCount, RocStatistic.FigureCount),
                    population == 0 ? default : within[..RocStatistic.FigureCount]);
            }

            ArrayPool<double>.Shared.Return(room);
        }

        // Of each group the pairs with all rows.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void SumPairs(
            ReadOnlySpan<uint> rows, ReadOnlySpan<double> weights, double totalPositives, Span<double> figures)
        {
            // Of the rows with smaller scores, and of those with the score at hand.
            var (negatives, positives) = (0.0, 0.0);
            for (var start = 0; start < rows.Length;)
            {
                var (tiedNegatives, tiedPositives) = (0.0, 0.0);
                var end = start;
                do
                {
                    var positive = (int)(rows[end] & 1) * weights[end];
                    tiedPositives += positive;
                    tiedNegatives += weights[end] - positive;
                    end++;
                }
                while (end < rows.Length && (rows[end] & 2) == 0);

                var above = totalPositives - positives - (0.5 * tiedPositives);
                var below = negatives + (0.5 * tiedNegatives);
                for (; start < end; start++)
                {
                    // No branch on the label, nor on whether it was drawn.
                    var label = (int)(rows[start] & 1);
                    AddToGroups(
                        start,
                        BackgroundPositiveConcordant + label,
                        weights[start] * ((label * below) + ((1 - label) * above)),
                        figures);
                }

                negatives += tiedNegatives;
                positives += tiedPositives;
            }
        }

        private void AddToGroups(int place, int figure, double pairs, Span<double> figures)
        {
            for (var attribute = 0; attribute < _codes.Length; attribute++)
            {
                var first = _populations.First[attribute];
                foreach (var group in _populations.GroupsOf(attribute, _codes[attribute][place]))
                {
                    figures[((first + group) * FigureCount) + figure] += pairs;
                }
            }
        }

        // Pairs across from pairs with all rows. All rows themselves are held against all rows.
        private static void TakeApart(Span<double> figures, ReadOnlySpan<double> own, ReadOnlySpan<double> all)
        {
            figures[GroupNegatives] = own[RocStatistic.Negatives];
            figures[GroupPositives] = own[RocStatistic.Positives];
            if (all.IsEmpty)
            {
                figures[BackgroundNegatives] = own[RocStatistic.Negatives];
                figures[BackgroundPositives] = own[RocStatistic.Positives];
                figures[BackgroundPositiveConcordant] = own[RocStatistic.Concordant];
                figures[BackgroundNegativeConcordant] = own[RocStatistic.Concordant];
                return;
            }

            figures[BackgroundNegatives] = Less(all[RocStatistic.Negatives], own[RocStatistic.Negatives]);
            figures[BackgroundPositives] = Less(all[RocStatistic.Positives], own[RocStatistic.Positives]);
            figures[BackgroundPositiveConcordant] =
                Less(figures[BackgroundPositiveConcordant], own[RocStatistic.Concordant]);
            figures[BackgroundNegativeConcordant] =
                Less(figures[BackgroundNegativeConcordant], own[RocStatistic.Concordant]);
        }

        private static double Less(double all, double own) => all - own > Rounding * all ? all - own : 0;
    }
}
