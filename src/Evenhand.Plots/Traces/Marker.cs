using System.Text.Json.Serialization;

namespace Evenhand.Plots.Traces;

/// <summary>The look of points or bars.</summary>
public sealed record Marker
{
    /// <summary>Colour, as CSS writes it.</summary>
    /// <value>null: the next of the figure's colours.</value>
    public string? Color { get; init; }

    /// <summary>Diameter in pixels; bars have none.</summary>
    /// <value>null: 6.</value>
    public double? Size { get; init; }

    /// <summary>Shape of the points; bars have none.</summary>
    /// <value>null: a circle.</value>
    public MarkerSymbol? Symbol { get; init; }

    /// <summary>Opacity, 0 to 1.</summary>
    /// <value>null: Plotly's choice.</value>
    public double? Opacity { get; init; }

    /// <summary>The line around each point or bar.</summary>
    /// <value>null: none.</value>
    public MarkerLine? Line { get; init; }
}

/// <summary>The line around a point or a bar.</summary>
public sealed record MarkerLine
{
    /// <summary>Colour, as CSS writes it.</summary>
    /// <value>null: Plotly's choice.</value>
    public string? Color { get; init; }

    /// <summary>Width in pixels.</summary>
    /// <value>null: Plotly's choice.</value>
    public double? Width { get; init; }
}

/// <summary>Shapes that stay distinguishable at small sizes and without colour.</summary>
public enum MarkerSymbol
{
    /// <summary>A filled circle.</summary>
    [JsonStringEnumMemberName("circle")]
    Circle,

    /// <summary>A ring.</summary>
    [JsonStringEnumMemberName("circle-open")]
    CircleOpen,

    /// <summary>A filled square.</summary>
    [JsonStringEnumMemberName("square")]
    Square,

    /// <summary>A square's outline.</summary>
    [JsonStringEnumMemberName("square-open")]
    SquareOpen,

    /// <summary>A filled diamond.</summary>
    [JsonStringEnumMemberName("diamond")]
    Diamond,

    /// <summary>A filled star with five points.</summary>
    [JsonStringEnumMemberName("star")]
    Star,

    /// <summary>A filled triangle that points up.</summary>
    [JsonStringEnumMemberName("triangle-up")]
    TriangleUp,

    /// <summary>The outline of a triangle that points up.</summary>
    [JsonStringEnumMemberName("triangle-up-open")]
    TriangleUpOpen,

    /// <summary>A diagonal cross of thin lines.</summary>
    [JsonStringEnumMemberName("x-thin-open")]
    XThin,
}
