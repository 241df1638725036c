using System.Runtime.CompilerServices;
using Evenhand.Metrics.Resampling;

namespace Evenhand.Metrics.Statistics;

/// <summary>Weights of the positives and negatives of a group and of its background (all rows that are not in the
/// group), and weights of concordant pairs across the two, ties counting one half.</summary>
/// <remarks>For each group all rows are scanned in the order of the scores. Over all rows, which have no background,
/// group and background are both taken to be all rows.</remarks>
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

    public override PreparedStatistic Prepare(Frame frame) => new PreparedScans(frame);

    private sealed class PreparedScans : PreparedStatistic
    {
        private const uint Positive = 1;
        private const uint Member = 2;
        private const uint Rises = 4;
        private const int FlagBits = 3;

        private readonly int _populations;
        private readonly double[]? _weights;

        // By population, scores ascending: the row's unit above three flags. Null for groups without rows.
        private readonly uint[]?[] _rows;

        public PreparedScans(Frame frame)
        {
            var data = (ClassificationEvaluation)frame.Data;
            var order = RowsByScore.Order(data.Scores!);
            var scores = data.Scores!;
            var rows = new uint[order.Length];
            for (var i = 0; i < order.Length; i++)
            {
                var rises = i > 0 && scores[order[i]] > scores[order[i - 1]];
                rows[i] = ((uint)frame.Units.UnitOf(order[i]) << FlagBits)
                    + (rises ? Rises : 0) + (uint)data.Labels[order[i]];
            }

            _weights = data.Weights is { } weights ? Array.ConvertAll(order, row => weights[row]) : null;
            _populations = frame.Populations.Count;
            _rows = new uint[_populations][];
            _rows[0] = rows;
            for (var attribute = 0; attribute < frame.Populations.Attributes.Count; attribute++)
            {
                Mark(frame.Populations, attribute, order);
            }
        }

        public override int Length => _populations * FigureCount;

        public override void Measure(Resample resample, Span<double> figures)
        {
            figures.Clear();
            MeasureAll(resample.UnitWeights, figures[..FigureCount]);
            for (var population = 1; population < _populations; population++)
            {
                if (_rows[population] is { } rows)
                {
                    MeasureGroup(
                        rows, _weights, resample.UnitWeights, figures.Slice(population * FigureCount, FigureCount));
                }
            }
        }

        private void Mark(Populations populations, int attribute, int[] order)
        {
            var first = populations.First[attribute];
            var codes = populations.Attributes[attribute].Codes;
            for (var i = 0; i < order.Length; i++)
            {
                foreach (var group in populations.GroupsOf(attribute, codes[order[i]]))
                {
                    (_rows[first + group] ??= (uint[])_rows[0]!.Clone())[i] |= Member;
                }
            }
        }

        // The group against itself.
        private void MeasureAll(ReadOnlySpan<double> drawn, Span<double> figures)
        {
            var scan = default(Scan);
            for (var i = 0; i < _rows[0]!.Length; i++)
            {
                var row = _rows[0]![i];
                if ((row & Rises) != 0)
                {
                    scan.Rise();
                }

                var weight = drawn[(int)(row >> FlagBits)] * (_weights is null ? 1 : _weights[i]);
                var positive = (row & Positive) * weight;
                scan.Add(weight - positive, positive, weight - positive, positive);
            }

            scan.Finish(figures);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void MeasureGroup(
            ReadOnlySpan<uint> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> drawn, Span<double> figures)
        {
            var scan = default(Scan);
            for (var i = 0; i < rows.Length; i++)
            {
                var row = rows[i];
                if ((row & Rises) != 0)
                {
                    scan.Rise();
                }

                var weight = drawn[(int)(row >> FlagBits)] * (weights.IsEmpty ? 1 : weights[i]);
                var positive = (row & Positive) * weight;
                var member = (row & Member) != 0 ? 1.0 : 0;
                scan.Add(
                    (weight - positive) * member,
                    positive * member,
                    (weight - positive) * (1 - member),
                    positive * (1 - member));
            }

            scan.Finish(figures);
        }

        /// <summary>Weights of the rows with smaller scores, and of those with the score at hand.</summary>
        private struct Scan
        {
            private double _groupNegatives;
            private double _groupPositives;
            private double _backgroundNegatives;
            private double _backgroundPositives;
            private double _tiedGroupNegatives;
            private double _tiedGroupPositives;
            private double _tiedBackgroundNegatives;
            private double _tiedBackgroundPositives;
            private double _backgroundPositiveConcordant;
            private double _backgroundNegativeConcordant;

            public void Add(double groupNegative, double groupPositive, double negative, double positive)
            {
                _tiedGroupNegatives += groupNegative;
                _tiedGroupPositives += groupPositive;
                _tiedBackgroundNegatives += negative;
                _tiedBackgroundPositives += positive;
            }

            public void Rise()
            {
                _backgroundPositiveConcordant +=
                    _tiedBackgroundPositives * (_groupNegatives + (0.5 * _tiedGroupNegatives));
                _backgroundNegativeConcordant +=
                    _tiedGroupPositives * (_backgroundNegatives + (0.5 * _tiedBackgroundNegatives));
                _groupNegatives += _tiedGroupNegatives;
                _groupPositives += _tiedGroupPositives;
                _backgroundNegatives += _tiedBackgroundNegatives;
                _backgroundPositives += _tiedBackgroundPositives;
                (_tiedGroupNegatives, _tiedGroupPositives) = (0, 0);
                (_tiedBackgroundNegatives, _tiedBackgroundPositives) = (0, 0);
            }

            public void Finish(Span<double> figures)
            {
                Rise();
                figures[GroupNegatives] = _groupNegatives;
                figures[GroupPositives] = _groupPositives;
                figures[BackgroundNegatives] = _backgroundNegatives;
                figures[BackgroundPositives] = _backgroundPositives;
                figures[BackgroundPositiveConcordant] = _backgroundPositiveConcordant;
                figures[BackgroundNegativeConcordant] = _backgroundNegativeConcordant;
            }
        }
    }
}
