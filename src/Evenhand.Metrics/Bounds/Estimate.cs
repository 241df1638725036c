namespace Evenhand.Metrics.Bounds;

/// <summary>A figure of one population with what its bounds are made of.</summary>
/// <param name="Value">The figure; NaN where it is undefined.</param>
/// <param name="StandardError">Standard deviation over resamples; NaN where there are no bounds.</param>
/// <param name="Count">Number of rows (or users, or units) that the figure is over.</param>
/// <param name="Range">What values the figure can have.</param>
internal readonly record struct Estimate(double Value, double StandardError, double Count, FigureRange Range)
{
    private const double Rounding = 1e-12;

    /// <summary>Whether there are bounds.</summary>
    public bool HasBounds => !double.IsNaN(StandardError);

    /// <summary>Degrees of freedom of the standard error.</summary>
    private int DegreesOfFreedom => (int)Math.Clamp(Math.Round(Count) - 1, 1, 1e6);

    /// <summary>Bounds that always hold the value and lie in the range.</summary>
    /// <param name="tail">Probability of missing on either side.</param>
    public (double Low, double High) At(double tail)
    {
        var t = StudentQuantiles.Upper(tail, DegreesOfFreedom);
        if (Range.IsBounded)
        {
            return OfShare(t);
        }

        // Resampling n values with replacement sees (n - 1) / n of their variance.
        var margin = t * StandardError * Math.Sqrt((DegreesOfFreedom + 1.0) / DegreesOfFreedom);
        var (low, high) = Range.Low >= 0
            ? (Value * Math.Exp(-Relative(margin)), Value * Math.Exp(Relative(margin)))
            : (Value - margin, Value + margin);
        return (Math.Min(Value, Range.Clamp(low)), Math.Max(Value, Range.Clamp(high)));
    }

    // A figure of 0 has no relative error: all rows are 0.
    private double Relative(double margin) => Value > 0 ? margin / Value : 0;

    // The number of independent yes-or-no rows that would have this standard error stands for n. At either end of the
    // range resamples have no spread, and n is the number of rows.
    private (double Low, double High) OfShare(double t)
    {
        var width = Range.High - Range.Low;
        var share = Math.Clamp((Value - Range.Low) / width, 0, 1);
        var error = StandardError / width;
        var spread = share * (1 - share);
        var atEnd = spread < Rounding;
        if (error < Rounding && !atEnd)
        {
            return (Value, Value);
        }

        var rows = atEnd ? Math.Max(1, Count) : spread / (error * error);
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
