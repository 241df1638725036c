using System.Text.Json.Serialization;

namespace Evenhand.Plots.Traces;

/// <summary>Bars.</summary>
public sealed record BarTrace : Trace
{
    /// <summary>Upright or lying bars.</summary>
    /// <value>Upright.</value>
    public BarOrientation Orientation { get; init; } = BarOrientation.Vertical;

    /// <summary>Width of a bar in units of its axis.</summary>
    /// <value>null: Plotly's choice.</value>
    public double? Width { get; init; }
}

/// <summary>The direction in which bars grow.</summary>
public enum BarOrientation
{
    /// <summary>Upwards: the value is y.</summary>
    [JsonStringEnumMemberName("v")]
    Vertical,

    /// <summary>To the right: the value is x.</summary>
    [JsonStringEnumMemberName("h")]
    Horizontal,
}
