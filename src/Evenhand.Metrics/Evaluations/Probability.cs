namespace Evenhand.Metrics.Evaluations;

/// <summary>What counts as a probability.</summary>
public static class Probability
{
    /// <summary>How far sums of products in single precision stray from [0, 1]: a number outside by less is a rounded
    /// probability, not an error.</summary>
    /// <value>1e-6.</value>
    public const double Rounding = 1e-6;

    /// <summary>Whether a number lies in [0, 1] but for rounding.</summary>
    public static bool Is(double value) => value is >= -Rounding and <= 1 + Rounding;

    /// <summary>The number within [0, 1]; NaN where it is no probability.</summary>
    public static double Of(double value) => Is(value) ? Math.Clamp(value, 0, 1) : double.NaN;
}
