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

    public override PreparedStatistic Prepare(Frame frame)
    {
        var data = (ClassificationEvaluation)frame.Data;
        return Scan(frame, data.Scores!, data.Labels, data.Weights);
    }

    /// <summary>The three figures of each population, of any scores and labels (1 or 0) of the rows.</summary>
    public static PreparedStatistic Scan(Frame frame, double[] scores, int[] labels, double[]? weights) =>
        new PreparedScans(frame, new Rows(scores, labels, weights));

    private sealed record Rows(double[] Scores, int[] Labels, double[]? Weights);

    private sealed class PreparedScans : PreparedStatistic
    {
        private readonly Frame _frame;
        private readonly GroupScans[] _scans;

        public PreparedScans(Frame frame, Rows data)
        {
            _frame = frame;
            _scans = Array.ConvertAll(
                RowsByScore.Of(frame, data.Scores), sorted => new GroupScans(frame, data, sorted));
        }

        public override int Length => _frame.Populations.Count * FigureCount;

        public override void Measure(Resample resample, Span<double> figures)
        {
            foreach (var scan in _scans)
            {
                scan.Measure(resample, figures);
            }
        }
    }

    /// <summary>Rows of the groups of one attribute, group after group, scores ascending.</summary>
    private sealed class GroupScans
    {
        private readonly int[] _starts;
        private readonly int _firstPopulation;
        private readonly double[]? _weights;

        // 4 * unit + 2 * (the score is larger than the one before it) + label: one read a row, and no branch on the
        // label.
        private readonly uint[] _rows;

        public GroupScans(Frame frame, Rows data, RowsByScore sorted)
        {
            var (scores, rows) = (data.Scores, sorted.Rows);
            _starts = sorted.Starts;
            _firstPopulation = sorted.FirstPopulation;
            _weights = data.Weights is { } weights ? Array.ConvertAll(rows, row => weights[row]) : null;
            _rows = new uint[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                var rises = i > 0 && scores[rows[i]] > scores[rows[i - 1]];
                _rows[i] = (4 * (uint)frame.Units.UnitOf(rows[i])) + (rises ? 2u : 0) + (uint)data.Labels[rows[i]];
            }
        }

        public void Measure(Resample resample, Span<double> figures)
        {
            for (var group = 0; group + 1 < _starts.Length; group++)
            {
                var (start, length) = (_starts[group], _starts[group + 1] - _starts[group]);
                MeasureGroup(
                    _rows.AsSpan(start, length),
                    _weights is null ? default : _weights.AsSpan(start, length),
                    resample.UnitWeights,
                    figures.Slice((_firstPopulation + group) * FigureCount, FigureCount));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MeasureGroup(
            ReadOnlySpan<uint> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> drawn, Span<double> figures)
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

                var weight = drawn[(int)(row >> 2)] * (weights.IsEmpty ? 1 : weights[i]);
                var positive = weight * (int)(row & 1);
                tiedPositives += positive;
                tiedNegatives += weight - positive;
            }

            figures[Negatives] = negatives + tiedNegatives;
            figures[Positives] = positives + tiedPositives;
            figures[Concordant] = concordant + (tiedPositives * (negatives + (0.5 * tiedNegatives)));
        }
    }
}
