using System.Buffers;
using Evenhand.Metrics.Bounds;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Resampling;
using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Fairness;

/// <summary>Rates of the groups of one attribute class by class, each class against the rest.</summary>
internal sealed class PreparedClassGaps : PreparedStatistic
{
    public const int Selection = 0;
    public const int TruePositive = 1;
    public const int FalsePositive = 2;

    // Share of the rows that have the class.
    private const int Share = 3;
    private const int FigureCount = 4;

    private const double Rounding = 1e-12;

    private static readonly FigureRange Rates = new(0, 1);

    private readonly PreparedStatistic _sums;
    private readonly int _width;
    private readonly int _classes;

    // Populations of the groups that count, and their numbers of units.
    private readonly int[] _groups;
    private readonly int[] _units;

    public PreparedClassGaps(Frame frame, ClassStatistic statistic, int attribute, bool[] counted)
    {
        var sized = statistic.For(frame.Data);
        _sums = sized.Prepare(frame);
        _width = sized.Width;
        _classes = ((ClassesEvaluation)frame.Data).ClassCount;
        var first = frame.Populations.First[attribute];
        _groups = [.. counted.Index().Where(group => group.Item).Select(group => first + group.Index)];
        _units = Array.ConvertAll(_groups, group => frame.UnitCounts[group]);
    }

    public override int Length => _classes * _groups.Length * FigureCount;

    public override void Measure(Resample resample, Span<double> figures)
    {
        var room = ArrayPool<double>.Shared.Rent(_sums.Length);
        try
        {
            var sums = room.AsSpan(0, _sums.Length);
            _sums.Measure(resample, sums);
            for (var i = 0; i < _groups.Length; i++)
            {
                var group = new ClassSums(sums.Slice(_groups[i] * _width, _width));
                for (var code = 0; code < _classes; code++)
                {
                    Rate(group, code, figures.Slice(Place(code, i), FigureCount));
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(room);
        }
    }

    /// <summary>The largest difference between groups in any of the rates, of any class; classes in which it is
    /// undefined are left out.</summary>
    public double LargestGap(ReadOnlySpan<double> figures, ReadOnlySpan<int> rates)
    {
        var largest = double.NaN;
        foreach (var rate in rates)
        {
            for (var code = 0; code < _classes; code++)
            {
                var (low, high, defined) = (double.PositiveInfinity, double.NegativeInfinity, 0);
                for (var group = 0; group < _groups.Length; group++)
                {
                    if (figures[Place(code, group) + rate] is var value && !double.IsNaN(value))
                    {
                        (low, high) = (Math.Min(low, value), Math.Max(high, value));
                        defined++;
                    }
                }

                if (defined > 1 && !(high - low <= largest))
                {
                    largest = high - low;
                }
            }
        }

        return largest;
    }

    /// <summary>Bounds of the largest gap; null where a group has none.</summary>
    public (double Low, double High)? Bounds(AttributeFigures figures, int[] rates)
    {
        var (low, high) = (0.0, 0.0);
        foreach (var rate in rates)
        {
            for (var code = 0; code < _classes; code++)
            {
                Estimate[] groups =
                [
                    .. Enumerable.Range(0, _groups.Length).Select(group => Estimated(figures, code, group, rate))
                        .Where(estimate => !double.IsNaN(estimate.Value)),
                ];
                if (groups.Length < 2)
                {
                    continue;
                }

                var families = rates.Length * _classes;
                var gaps = new GroupEstimates(groups, null, figures.Options.Confidence, families);
                if (!gaps.HasBounds)
                {
                    return null;
                }

                var (lowest, highest) = gaps.Difference();
                (low, high) = (Math.Max(low, lowest), Math.Max(high, highest));
            }
        }

        return (low, high);
    }

    private Estimate Estimated(AttributeFigures figures, int code, int group, int rate)
    {
        var (place, share) = (Place(code, group) + rate, figures.Values[Place(code, group) + Share]);
        return new Estimate(
            figures.Values[place],
            figures.Moments.StandardError(place, figures.Options.BootstrapSamples),
            _units[group] * (rate == Selection ? 1 : rate == TruePositive ? share : 1 - share),
            Rates);
    }

    private static void Rate(ClassSums group, int code, Span<double> figures)
    {
        var (have, decided, both) = (group.Labels[code], group.Decisions[code], group.Correct[code]);
        figures[Selection] = decided / group.Weight;
        figures[TruePositive] = both / have;

        // What rounding leaves of a difference of equal sums is no row.
        var others = group.Weight - have;
        figures[FalsePositive] = others > Rounding * group.Weight ? (decided - both) / others : double.NaN;
        figures[Share] = have / group.Weight;
    }

    private int Place(int code, int group) => ((code * _groups.Length) + group) * FigureCount;
}
