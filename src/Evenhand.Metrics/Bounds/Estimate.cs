namespace Evenhand.Metrics.Bounds;

/// <summary>A figure of one population with what its bounds are made of.</summary>
/// <param name="Value">The figure; NaN where it is undefined.</param>
/// <param name="StandardError">Standard deviation over resamples; NaN where there are no bounds.</param>
/// <param name="Count">Number of rows (or users, or units) that the figure is over.</param>
/// <param name="Range">What values the figure can have.</param>
internal readonly record struct Estimate(double Value, double StandardError, double Count, FigureRange Range)
{
    private const double Rounding = 1e-12;
    private const double LargestRelativeError = 100;

    /// <summary>Whether there are bounds: one row says nothing of its spread, unless it is the one or the other end of
    /// the range.</summary>
    public bool HasBounds => !double.IsNaN(StandardError) && (Count > 1 || IsAtEnd);

    private bool IsAtEnd => Range.IsBounded && Share * (1 - Share) < Rounding;

    private double Share => Math.Clamp((Value - Range.Low) / (Range.High - Range.Low), 0, 1);

    /// <summary>Degrees of freedom of the standard error.</summary>
    private int DegreesOfFreedom => (int)Math.Clamp(Math.Round(Count) - 1, 1, 1e6);

    // A bootstrap sees (n - 1) / n of the variance of n values, a jackknife n / (n - 1), which holds better where n is
    // small (MacKinnon and White 1985; Long and Ervin 2000, HC0 and HC3).
    private double JackknifeError => StandardError * (DegreesOfFreedom + 1.0) / DegreesOfFreedom;

    /// <summary>Bounds that always hold the value and lie in the range.</summary>
    /// <remarks>Of a figure from 0 without end, the standard error has fewer degrees of freedom than rows, as these are
    /// skewed: 2 n / (kurtosis - 1) (Satterthwaite 1946), which for exponential rows is n / 4. That counts above, where
    /// what is not seen is missing.</remarks>
    /// <param name="tail">Probability of missing on either side.</param>
    public (double Low, double High) At(double tail)
    {
        var t = StudentQuantiles.Upper(tail, DegreesOfFreedom);
        if (Range.IsBounded)
        {
            return OfShare(t);
        }

        var margin = t * JackknifeError;
        if (Range.Low < 0)
        {
            return (Math.Min(Value, Range.Clamp(Value - margin)), Math.Max(Value, Range.Clamp(Value + margin)));
        }

        // Where the few large rows are missing, the figure and its standard error are both too small.
        var above = StudentQuantiles.Upper(tail, (int)Math.Clamp(Math.Round(Count / 4), 1, 1e6)) * JackknifeError;
        return (
            Math.Min(Value, Range.Clamp(Value * Math.Exp(-Relative(margin)))),
            Math.Max(Value, Range.Clamp(Value * Math.Exp(Relative(above)))));
    }

    // A figure of 0 has no relative error: all rows are 0. Of very few rows, at very high confidence, it stays a number.
    private double Relative(double margin) => Value > 0 ? Math.Min(LargestRelativeError, margin / Value) : 0;

    // The number of independent yes-or-no rows that would have this standard error stands for n. At either end of the
    // range resamples have no spread, and n is the number of rows.
    private (double Low, double High) OfShare(double t)
    {
        var width = Range.High - Range.Low;
        var (share, error) = (Share, StandardError / width);
        if (error < Rounding && !IsAtEnd)
        {
            return (Value, Value);
        }

        var rows = IsAtEnd ? Math.Max(1, Count) : share * (1 - share) / (error * error);
        var centre = ((rows * share) + (t * t / 2)) / (rows + (t * t));
        var margin = t * Math.Sqrt(centre * (1 - centre) / (rows + (t * t)));
        return (
            Math.Min(Value, Range.Low + (width * Math.Max(0, centre - margin))),
            Math.Max(Value, Range.Low + (width * Math.Min(1, centre + margin))));
    }
}

/// <summary>What values a figure can have.</summary>
/// <param name="Low">Smallest possible value, or negative infinity.</param>
/// <param name="High">Largest possible value, or positive infinity.</param>
internal readonly record struct FigureRange(double Low, double High)
{
    public bool IsBounded => double.IsFinite(Low) && double.IsFinite(High);

    public double Clamp(double value) => Math.Clamp(value, Low, High);
}
