using System.Buffers;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>Gaps between the groups of one attribute class by class, each class against the rest: of selection rates,
/// true positive rates and false positive rates; the largest over classes.</summary>
internal sealed class PreparedClassGaps : PreparedStatistic
{
    public const int Parity = 0;
    public const int Opportunity = 1;
    public const int Odds = 2;
    public const int FigureCount = 3;

    private const double Rounding = 1e-12;

    private readonly PreparedStatistic _sums;
    private readonly int _width;

    // Populations of the groups that count.
    private readonly int[] _groups;

    public PreparedClassGaps(Frame frame, ClassStatistic statistic, int attribute, bool[] counted)
    {
        var sized = statistic.For(frame.Data);
        _sums = sized.Prepare(frame);
        _width = sized.Width;
        var first = frame.Populations.First[attribute];
        _groups = [.. counted.Index().Where(group => group.Item).Select(group => first + group.Index)];
    }

    public override int Length => FigureCount;

    public override void Measure(Resample resample, Span<double> figures)
    {
        var room = ArrayPool<double>.Shared.Rent(_sums.Length);
        try
        {
            var sums = room.AsSpan(0, _sums.Length);
            _sums.Measure(resample, sums);
            Compare(sums, figures);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(room);
        }
    }

    private void Compare(ReadOnlySpan<double> sums, Span<double> figures)
    {
        figures.Fill(double.NaN);
        var classes = new ClassSums(sums[.._width]).Count;
        for (var code = 0; code < classes; code++)
        {
            var (selection, truePositive, falsePositive) = (new Extremes(), new Extremes(), new Extremes());
            foreach (var population in _groups)
            {
                var group = new ClassSums(sums.Slice(population * _width, _width));
                var (have, decided, both) = (group.Labels[code], group.Decisions[code], group.Correct[code]);
                selection.Add(decided / group.Weight);
                truePositive.Add(both / have);

                // What rounding leaves of a difference of equal sums is no row.
                var others = group.Weight - have;
                falsePositive.Add(others > Rounding * group.Weight ? (decided - both) / others : double.NaN);
            }

            Raise(ref figures[Parity], selection.Gap);
            Raise(ref figures[Opportunity], truePositive.Gap);
            Raise(ref figures[Odds], truePositive.Gap);
            Raise(ref figures[Odds], falsePositive.Gap);
        }
    }

    // Undefined classes are left out.
    private static void Raise(ref double largest, double gap)
    {
        if (!double.IsNaN(gap) && !(gap <= largest))
        {
            largest = gap;
        }
    }

    /// <summary>Smallest and largest of the defined values.</summary>
    private struct Extremes()
    {
        private double _low = double.PositiveInfinity;
        private double _high = double.NegativeInfinity;
        private int _defined;

        /// <summary>NaN where fewer than two values are defined.</summary>
        public readonly double Gap => _defined < 2 ? double.NaN : _high - _low;

        public void Add(double value)
        {
            if (!double.IsNaN(value))
            {
                _low = Math.Min(_low, value);
                _high = Math.Max(_high, value);
                _defined++;
            }
        }
    }
}
