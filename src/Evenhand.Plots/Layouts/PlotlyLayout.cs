using System.Text.Json.Serialization;

namespace Evenhand.Plots.Layouts;

/// <summary>Everything around the traces.</summary>
public sealed record PlotlyLayout
{
    /// <summary>Title of the figure.</summary>
    /// <value>null: none.</value>
    public Title? Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    /// <value>null: Plotly's defaults.</value>
    [JsonPropertyName("xaxis")]
    public Axis? XAxis { get; init; }

    /// <summary>The vertical axis.</summary>
    /// <value>null: Plotly's defaults.</value>
    [JsonPropertyName("yaxis")]
    public Axis? YAxis { get; init; }

    /// <summary>The legend.</summary>
    /// <value>null: Plotly's defaults.</value>
    public Legend? Legend { get; init; }

    /// <summary>Whether there is a legend.</summary>
    /// <value>null: where there are two traces or more.</value>
    [JsonPropertyName("showlegend")]
    public bool? ShowLegend { get; init; }

    /// <summary>Room around the plot.</summary>
    /// <value>null: Plotly's defaults.</value>
    public Margin? Margin { get; init; }

    /// <summary>Font of all text that has none of its own.</summary>
    /// <value>null: Plotly's defaults.</value>
    public Font? Font { get; init; }

    /// <summary>Which points the pointer finds: <c>closest</c>, <c>x</c>, <c>y</c>, <c>x unified</c>.</summary>
    /// <value>null: closest.</value>
    [JsonPropertyName("hovermode")]
    public string? HoverMode { get; init; }

    /// <summary>The hover label.</summary>
    /// <value>null: Plotly's defaults.</value>
    [JsonPropertyName("hoverlabel")]
    public HoverLabel? HoverLabel { get; init; }

    /// <summary>How bars at one position stand: <c>group</c>, <c>stack</c>, <c>overlay</c>, <c>relative</c>.</summary>
    /// <value>null: group.</value>
    [JsonPropertyName("barmode")]
    public string? BarMode { get; init; }

    /// <summary>Colour behind the whole figure, as CSS writes it.</summary>
    /// <value>null: white.</value>
    [JsonPropertyName("paper_bgcolor")]
    public string? PaperColor { get; init; }

    /// <summary>Colour between the axes, as CSS writes it.</summary>
    /// <value>null: white.</value>
    [JsonPropertyName("plot_bgcolor")]
    public string? PlotColor { get; init; }

    /// <summary>Width in pixels.</summary>
    /// <value>null: the element's.</value>
    public double? Width { get; init; }

    /// <summary>Height in pixels.</summary>
    /// <value>null: the element's, or 450.</value>
    public double? Height { get; init; }
}
