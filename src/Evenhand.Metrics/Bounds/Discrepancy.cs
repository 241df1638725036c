namespace Evenhand.Metrics.Bounds;

/// <summary>Bounds of a figure that is 0 where there is nothing between the groups and never below, such as a mean of
/// absolute differences: chance alone makes it larger than what it estimates.</summary>
internal static class Discrepancy
{
    /// <summary>The bounds.</summary>
    /// <remarks>Resampling adds to the square of such a figure about what sampling has added, so twice the square less
    /// the mean square over resamples estimates the square without it (bias correction by the bootstrap: Efron and
    /// Tibshirani 1993, section 10.2). The lower bound lies t standard errors below the root of that, the upper one as
    /// far above the value.</remarks>
    /// <param name="estimate">The figure.</param>
    /// <param name="bias">Mean over resamples minus the value.</param>
    /// <param name="tail">Probability of missing on either side.</param>
    public static (double Low, double High) Bounds(Estimate estimate, double bias, double tail)
    {
        var (value, error) = (estimate.Value, estimate.StandardError);
        var meanSquare = ((value + bias) * (value + bias)) + (error * error);
        var corrected = Math.Sqrt(Math.Max(0, (2 * value * value) - meanSquare));
        var margin = StudentQuantiles.Upper(tail, (int)Math.Max(1, estimate.Count - 1)) * error;
        return (Math.Max(0, Math.Min(value, corrected) - margin), value + margin);
    }
}
