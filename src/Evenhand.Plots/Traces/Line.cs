using System.Text.Json.Serialization;

namespace Evenhand.Plots.Traces;

/// <summary>The line of a scatter trace.</summary>
public sealed record Line
{
    /// <summary>Colour, as CSS writes it.</summary>
    /// <value>null: the trace's colour.</value>
    public string? Color { get; init; }

    /// <summary>Width in pixels.</summary>
    /// <value>null: 2.</value>
    public double? Width { get; init; }

    /// <summary>Dashes.</summary>
    /// <value>null: solid.</value>
    public LineDash? Dash { get; init; }

    /// <summary>The way from one point to the next.</summary>
    /// <value>null: straight.</value>
    public LineShape? Shape { get; init; }
}

/// <summary>Dashes of a line.</summary>
public enum LineDash
{
    /// <summary>No dashes.</summary>
    [JsonStringEnumMemberName("solid")]
    Solid,

    /// <summary>Dots.</summary>
    [JsonStringEnumMemberName("dot")]
    Dot,

    /// <summary>Dashes.</summary>
    [JsonStringEnumMemberName("dash")]
    Dash,
}

/// <summary>The way of a line from one point to the next.</summary>
public enum LineShape
{
    /// <summary>Straight.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary>A step: along x first, then along y.</summary>
    [JsonStringEnumMemberName("hv")]
    HorizontalThenVertical,

    /// <summary>A step: along y first, then along x.</summary>
    [JsonStringEnumMemberName("vh")]
    VerticalThenHorizontal,
}
