namespace Evenhand.Metrics.Bounds;

/// <summary>Sums over resamples of how far figures lie from their values on the data as they are.</summary>
/// <remarks>So much of many figures is kept instead of the figures of every resample: with thousands of groups these
/// would fill the memory.</remarks>
internal sealed class Moments(int figures)
{
    private readonly int[] _defined = new int[figures];
    private readonly double[] _sums = new double[figures];
    private readonly double[] _squares = new double[figures];

    /// <summary>Adds a figure of a resample; one that is undefined is left out.</summary>
    public void Add(int figure, double value, double replicate)
    {
        var deviation = replicate - value;
        if (!double.IsNaN(deviation))
        {
            _defined[figure]++;
            _sums[figure] += deviation;
            _squares[figure] += deviation * deviation;
        }
    }

    /// <summary>Adds what others have summed, in their order.</summary>
    public static Moments Total(IEnumerable<Moments?> parts, int figures)
    {
        var total = new Moments(figures);
        foreach (var part in parts)
        {
            for (var i = 0; i < figures && part is not null; i++)
            {
                total._defined[i] += part._defined[i];
                total._sums[i] += part._sums[i];
                total._squares[i] += part._squares[i];
            }
        }

        return total;
    }

    /// <summary>Standard deviation over resamples; NaN where the figure is undefined in more than half of
    /// them.</summary>
    public double StandardError(int figure, int resamples)
    {
        double count = _defined[figure];
        if (count < 2 || 2 * count < resamples)
        {
            return double.NaN;
        }

        var mean = _sums[figure] / count;
        return Math.Sqrt(Math.Max(0, ((_squares[figure] / count) - (mean * mean)) * count / (count - 1)));
    }

    /// <summary>Mean over resamples of the figure minus its value.</summary>
    public double Bias(int figure) => _sums[figure] / _defined[figure];
}
