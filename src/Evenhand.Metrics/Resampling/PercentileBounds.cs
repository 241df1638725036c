namespace Evenhand.Metrics.Resampling;

/// <summary>Percentile bounds of a figure from its bootstrap replicates (Efron and Tibshirani 1993, section
/// 13.3).</summary>
internal static class PercentileBounds
{
    /// <summary>The value with its bounds.</summary>
    /// <remarks>Resamples in which the figure is undefined are left out; where they are more than half, or the value
    /// itself is undefined, the bounds are undefined too.</remarks>
    public static MetricValue Of(double value, ReadOnlySpan<double> replicates, double confidence)
    {
        var defined = new double[replicates.Length];
        var count = 0;
        foreach (var replicate in replicates)
        {
            if (!double.IsNaN(replicate))
            {
                defined[count++] = replicate;
            }
        }

        if (double.IsNaN(value) || count == 0 || 2 * count < replicates.Length)
        {
            return new MetricValue(value, double.NaN, double.NaN);
        }

        var sorted = defined.AsSpan(0, count);
        sorted.Sort();
        return new MetricValue(value, Quantile(sorted, (1 - confidence) / 2), Quantile(sorted, (1 + confidence) / 2));
    }

    // Linear between order statistics (type 7 of Hyndman and Fan 1996), as NumPy does by default.
    private static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
