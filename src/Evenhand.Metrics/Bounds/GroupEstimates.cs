using Evenhand.Metrics.Statistics;

namespace Evenhand.Metrics.Bounds;

/// <summary>One metric in the groups of an attribute that are compared: those of at least the minimum size in which it
/// is defined.</summary>
/// <remarks>
/// <para>Bounds of a pair of groups come from the bounds of each: the distances from the values to the bounds are added
/// as standard errors are (MOVER; Zou and Donner 2008; for correlated groups Zou 2007, for ratios Donner and Zou
/// 2012). For two rates this is Newcombe's hybrid score method (1998, method 10).</para>
/// <para>The largest difference is below a bound only if all pairs are, and above one if any pair is. So the bound on
/// the side of parity holds for all pairs at once (Tukey 1953 and Kramer 1956: the studentized range), and the bound on
/// the other side need only hold for the one pair that differs most (Berger 1982).</para>
/// </remarks>
internal sealed class GroupEstimates
{
    private readonly Estimate[] _groups;
    private readonly Correlations? _correlations;
    private readonly double _tail;

    // Distances from values to bounds that miss with the probability of one pair, and of all pairs at once.
    private readonly Margins[] _ofOne;
    private readonly Margins[] _ofAll;

    /// <summary>The groups.</summary>
    /// <param name="groups">The metric in each.</param>
    /// <param name="correlations">Of the groups' errors; null where they are independent.</param>
    /// <param name="confidence">Confidence of bounds.</param>
    /// <param name="families">Number of metrics, or classes, whose differences are looked at together.</param>
    public GroupEstimates(Estimate[] groups, Correlations? correlations, double confidence, int families)
    {
        (_groups, _correlations) = (groups, correlations);
        _tail = (1 - confidence) / 2;
        HasBounds = groups.Length > 0 && Array.TrueForAll(groups, group => group.HasBounds);
        var joint = HasBounds && groups.Length > 1
            ? StudentQuantiles.TailOfAllPairs((1 - confidence) / families, groups.Length)
            : _tail;
        _ofOne = HasBounds ? Array.ConvertAll(groups, group => Margins.Of(group, _tail)) : [];
        _ofAll = HasBounds ? Array.ConvertAll(groups, group => Margins.Of(group, joint)) : [];
    }

    /// <summary>The groups' values.</summary>
    public double[] Values => Array.ConvertAll(_groups, group => group.Value);

    /// <summary>Whether every group has bounds.</summary>
    public bool HasBounds { get; }

    /// <summary>Bounds of the largest difference of any two groups.</summary>
    public (double Low, double High) Difference()
    {
        var (low, high) = (0.0, 0.0);
        ForPairs(Top(_ofAll, far: false), Bottom(_ofAll, far: false), (more, less) => low = Math.Max(
            low, DifferenceOf(more, less) - Distance(_ofAll[more].Below, _ofAll[less].Above, Correlation(more, less))));
        ForPairs(Top(_ofOne, far: true), Bottom(_ofOne, far: true), (more, less) => high = Math.Max(
            high, DifferenceOf(more, less) + Distance(_ofOne[more].Above, _ofOne[less].Below, Correlation(more, less))));
        return (low, high);
    }

    /// <summary>Bounds of the mean over all pairs of groups of a rising function of their absolute
    /// differences.</summary>
    public (double Low, double High) MeanOfPairs(Func<double, double> function)
    {
        var (low, high, pairs) = (0.0, 0.0, 0);
        foreach (var pair in Pairs())
        {
            low += function(pair.Low);
            high += function(pair.High);
            pairs++;
        }

        return (low / pairs, high / pairs);
    }

    /// <summary>Bounds of the smallest ratio of any two groups; values are not negative.</summary>
    public (double Low, double High) Ratio()
    {
        var (low, high) = (1.0, 1.0);
        ForPairs(Bottom(_ofOne, far: true), Top(_ofOne, far: true), (less, more) =>
            low = Math.Min(low, RatioBound(less, more, _ofOne[less].Below, _ofOne[more].Above, isUpper: false)));
        ForPairs(Bottom(_ofAll, far: false), Top(_ofAll, far: false), (less, more) =>
            high = Math.Min(high, RatioBound(less, more, _ofAll[less].Above, _ofAll[more].Below, isUpper: true)));
        return (low, high);
    }

    /// <summary>Bounds of the smallest or the largest value of any group.</summary>
    /// <remarks>The smallest is above a bound only if all groups are, and below one if any is.</remarks>
    public (double Low, double High) Extreme(bool smallest)
    {
        var all = StudentQuantiles.TailOfAllGroups(_tail, _groups.Length);
        var (low, high) = smallest
            ? (double.PositiveInfinity, double.PositiveInfinity)
            : (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var group in _groups)
        {
            var (single, joint) = (group.At(_tail), group.At(all));
            low = smallest ? Math.Min(low, single.Low) : Math.Max(low, joint.Low);
            high = smallest ? Math.Min(high, joint.High) : Math.Max(high, single.High);
        }

        return (low, high);
    }

    // Of each pair the absolute difference: the lower bound holds for all pairs at once, the upper one for each by
    // itself.
    private IEnumerable<(double Low, double High)> Pairs()
    {
        for (var i = 0; i < _groups.Length; i++)
        {
            for (var j = i + 1; j < _groups.Length; j++)
            {
                var (more, less) = _groups[i].Value >= _groups[j].Value ? (i, j) : (j, i);
                var difference = _groups[more].Value - _groups[less].Value;
                var correlation = Correlation(i, j);
                yield return (
                    Math.Max(0, difference - Distance(_ofAll[more].Below, _ofAll[less].Above, correlation)),
                    Math.Max(
                        difference + Distance(_ofOne[more].Above, _ofOne[less].Below, correlation),
                        Distance(_ofOne[more].Below, _ofOne[less].Above, correlation) - difference));
            }
        }
    }

    // The groups that can be the larger one of the pair whose bound is the outermost.
    private int[] Top(Margins[] margins, bool far) =>
        Candidates(i => _groups[i].Value, i => far ? margins[i].Above : -margins[i].Below);

    // The groups that can be the smaller one.
    private int[] Bottom(Margins[] margins, bool far) =>
        Candidates(i => -_groups[i].Value, i => far ? margins[i].Below : -margins[i].Above);

    // A group that lies behind two others in both respects is in no outermost pair: one of the two is not its partner.
    // Thousands of groups leave a few. The bounds of groups that depend on each other also follow their correlations.
    private int[] Candidates(Func<int, double> value, Func<int, double> margin)
    {
        int[] all = [.. Enumerable.Range(0, _groups.Length)];
        if (_correlations is not null)
        {
            return all;
        }

        var (best, second) = (double.NegativeInfinity, double.NegativeInfinity);
        var candidates = new List<int>();
        foreach (var group in all.OrderByDescending(value).ThenByDescending(margin))
        {
            var own = margin(group);
            if (own > second)
            {
                candidates.Add(group);
                (best, second) = own > best ? (own, best) : (best, own);
            }
        }

        return [.. candidates];
    }

    private static void ForPairs(int[] first, int[] second, Action<int, int> body)
    {
        foreach (var i in first)
        {
            foreach (var j in second)
            {
                if (i != j)
                {
                    body(i, j);
                }
            }
        }
    }

    private double DifferenceOf(int more, int less) => _groups[more].Value - _groups[less].Value;

    private double Correlation(int i, int j) => _correlations is null ? 0 : _correlations.Of(i, j);

    private static double Distance(double first, double second, double correlation) =>
        Math.Sqrt(Math.Max(0, (first * first) + (second * second) - (2 * correlation * first * second)));

    // The ratio r at which the bound of first - r second is 0: a root of
    // (x - r y)^2 = dx^2 + r^2 dy^2 - 2 rho r dx dy, where dx and dy are the distances to the bounds: for the lower
    // bound x goes down and y up, for the upper one the other way round.
    private double RatioBound(int first, int second, double dx, double dy, bool isUpper)
    {
        var (x, y) = (_groups[first].Value, _groups[second].Value);
        var a = (y * y) - (dy * dy);
        var b = (x * y) - (Correlation(first, second) * dx * dy);
        var c = (x * x) - (dx * dx);
        var root = Math.Sqrt(Math.Max(0, (b * b) - (a * c)));
        return isUpper
            ? a > 0 ? (b + root) / a : double.PositiveInfinity
            : c > 0 ? c / (b + root) : 0;
    }

    /// <summary>Distances from a value to its bounds.</summary>
    private readonly record struct Margins(double Below, double Above)
    {
        public static Margins Of(Estimate estimate, double tail)
        {
            var (low, high) = estimate.At(tail);
            return new Margins(estimate.Value - low, high - estimate.Value);
        }
    }
}

/// <summary>Correlations of the figures of groups over resamples.</summary>
internal sealed class Correlations
{
    // Replicates are kept in single precision, which leaves that much of a difference of equal numbers.
    private const double Rounding = 1e-5;

    // By group: deviations from the mean over resamples, divided by the root of the sum of their squares.
    private readonly float[][] _deviations;

    public Correlations(IReadOnlyList<float[]> replicates) => _deviations = [.. replicates.Select(Standardize)];

    /// <summary>The correlation of two groups.</summary>
    public double Of(int first, int second)
    {
        var correlation = DotProduct.Of<float>(_deviations[first], _deviations[second]);
        return correlation > 1 - Rounding ? 1 : Math.Max(-1, correlation);
    }

    // A resample in which the figure is undefined counts as its mean.
    private static float[] Standardize(float[] replicates)
    {
        var defined = replicates.Where(r => !float.IsNaN(r)).Select(r => (double)r).DefaultIfEmpty(double.NaN);
        var mean = defined.Average();
        var norm = Math.Sqrt(defined.Sum(r => (r - mean) * (r - mean)));
        return Array.ConvertAll(replicates, r => float.IsNaN(r) || norm == 0 ? 0 : (float)((r - mean) / norm));
    }
}
