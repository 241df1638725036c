using System.Text.Json.Serialization;

namespace Evenhand.Plots.Layouts;

/// <summary>A title, in Plotly's small subset of HTML.</summary>
/// <param name="Text">The words; what comes from people goes through <see cref="PlotlyText.Escape"/> first.</param>
public sealed record Title(string Text)
{
    /// <summary>Font of the title.</summary>
    /// <value>null: the figure's.</value>
    public Font? Font { get; init; }
}

/// <summary>A font.</summary>
public sealed record Font
{
    /// <summary>Family, as CSS writes it.</summary>
    /// <value>null: Plotly's default.</value>
    public string? Family { get; init; }

    /// <summary>Size in pixels.</summary>
    /// <value>null: 12.</value>
    public double? Size { get; init; }

    /// <summary>Colour, as CSS writes it.</summary>
    /// <value>null: Plotly's default.</value>
    public string? Color { get; init; }
}

/// <summary>The legend.</summary>
public sealed record Legend
{
    /// <summary>Entries below each other (<c>v</c>) or in a row (<c>h</c>).</summary>
    /// <value>null: below each other.</value>
    public string? Orientation { get; init; }

    /// <summary>Position across the plot, 0 left to 1 right.</summary>
    /// <value>null: 1.02.</value>
    public double? X { get; init; }

    /// <summary>Position up the plot, 0 bottom to 1 top.</summary>
    /// <value>null: 1.</value>
    public double? Y { get; init; }

    /// <summary>The part of the legend that stands at <see cref="X"/>: <c>left</c>, <c>center</c>,
    /// <c>right</c>.</summary>
    /// <value>null: left.</value>
    [JsonPropertyName("xanchor")]
    public string? XAnchor { get; init; }

    /// <summary>The part of the legend that stands at <see cref="Y"/>: <c>top</c>, <c>middle</c>,
    /// <c>bottom</c>.</summary>
    /// <value>null: Plotly's choice.</value>
    [JsonPropertyName("yanchor")]
    public string? YAnchor { get; init; }

    /// <summary>Colour behind the legend, as CSS writes it.</summary>
    /// <value>null: the figure's.</value>
    [JsonPropertyName("bgcolor")]
    public string? BackgroundColor { get; init; }
}

/// <summary>Room around the plot, in pixels.</summary>
public sealed record Margin
{
    /// <summary>Left.</summary>
    /// <value>null: 80.</value>
    [JsonPropertyName("l")]
    public double? Left { get; init; }

    /// <summary>Right.</summary>
    /// <value>null: 80.</value>
    [JsonPropertyName("r")]
    public double? Right { get; init; }

    /// <summary>Top.</summary>
    /// <value>null: 100.</value>
    [JsonPropertyName("t")]
    public double? Top { get; init; }

    /// <summary>Bottom.</summary>
    /// <value>null: 80.</value>
    [JsonPropertyName("b")]
    public double? Bottom { get; init; }
}

/// <summary>The label at the pointer.</summary>
public sealed record HoverLabel
{
    /// <summary>Alignment of its lines: <c>left</c>, <c>right</c>, <c>auto</c>.</summary>
    /// <value>null: auto.</value>
    public string? Align { get; init; }

    /// <summary>Characters of a trace's name shown; -1 shows all.</summary>
    /// <value>null: 15.</value>
    [JsonPropertyName("namelength")]
    public int? NameLength { get; init; }
}
