using System.Text.Json.Serialization;

namespace Evenhand.Plots.Traces;

/// <summary>Bounds drawn at each point, as lengths from the point and not as positions.</summary>
public sealed record ErrorBars
{
    /// <summary>Length above (or to the right of) each point, not negative.</summary>
    public required PlotlyData Array { get; init; }

    /// <summary>Length below (or to the left of) each point, not negative.</summary>
    /// <value>null: as above.</value>
    [JsonPropertyName("arrayminus")]
    public PlotlyData? ArrayMinus { get; init; }

    /// <summary>Whether the bounds differ above and below.</summary>
    public bool Symmetric => ArrayMinus is null;

    /// <summary>Whether the bounds are drawn.</summary>
    /// <value>true.</value>
    public bool Visible { get; init; } = true;

    /// <summary>Colour, as CSS writes it.</summary>
    /// <value>null: the trace's colour.</value>
    public string? Color { get; init; }

    /// <summary>Thickness of the bar in pixels.</summary>
    /// <value>null: 2.</value>
    public double? Thickness { get; init; }

    /// <summary>Width of the cross-bar at the ends in pixels.</summary>
    /// <value>null: 4.</value>
    public double? Width { get; init; }

    /// <summary>Bounds given as positions, such as the two ends of a confidence interval.</summary>
    /// <param name="values">Position of each point.</param>
    /// <param name="low">Lower end at each point; not a number where there is none.</param>
    /// <param name="high">Upper end at each point; not a number where there is none.</param>
    /// <exception cref="ArgumentException">The three differ in length.</exception>
    public static ErrorBars Between(
        ReadOnlySpan<double> values, ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        if (values.Length != low.Length || values.Length != high.Length)
        {
            throw new ArgumentException(
                $"{values.Length} values, {low.Length} lower and {high.Length} upper bounds: one of each was expected.",
                nameof(low));
        }

        var above = new double[values.Length];
        var below = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            // A percentile interval may leave the value itself outside; a bar cannot point inwards.
            above[i] = Math.Max(0, high[i] - values[i]);
            below[i] = Math.Max(0, values[i] - low[i]);
        }

        return new ErrorBars { Array = above, ArrayMinus = below };
    }
}
