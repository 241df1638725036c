using System.Text.Json.Serialization;

namespace Evenhand.Plots.Traces;

/// <summary>One series of a figure; the kind of trace is Plotly's <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ScatterTrace), "scatter")]
[JsonDerivedType(typeof(BarTrace), "bar")]
public abstract record Trace
{
    /// <summary>Name in the legend and in the hover label.</summary>
    /// <value>null: Plotly numbers the traces.</value>
    public string? Name { get; init; }

    /// <summary>The maker's own mark on the trace, untouched by Plotly.</summary>
    /// <value>null.</value>
    public string? Meta { get; init; }

    /// <summary>Positions along x.</summary>
    /// <value>null: 0, 1, 2, ...</value>
    public PlotlyData? X { get; init; }

    /// <summary>Positions along y.</summary>
    /// <value>null.</value>
    public PlotlyData? Y { get; init; }

    /// <summary>Bounds along x.</summary>
    /// <value>null: none.</value>
    [JsonPropertyName("error_x")]
    public ErrorBars? ErrorX { get; init; }

    /// <summary>Bounds along y.</summary>
    /// <value>null: none.</value>
    [JsonPropertyName("error_y")]
    public ErrorBars? ErrorY { get; init; }

    /// <summary>A label for each point, in Plotly's small subset of HTML.</summary>
    /// <remarks>Text that comes from people goes through <see cref="PlotlyText.Escape"/> first.</remarks>
    /// <value>null.</value>
    public PlotlyData? Text { get; init; }

    /// <summary>A value for each point that the page's own script reads from Plotly's events.</summary>
    /// <value>null.</value>
    [JsonPropertyName("customdata")]
    public PlotlyData? CustomData { get; init; }

    /// <summary>What the hover label shows, as a template such as <c>%{x:.4f}</c>.</summary>
    /// <value>null: Plotly's own label.</value>
    [JsonPropertyName("hovertemplate")]
    public string? HoverTemplate { get; init; }

    /// <summary>What the hover label shows, as Plotly's flags; <c>skip</c> makes the trace silent.</summary>
    /// <value>null: all.</value>
    [JsonPropertyName("hoverinfo")]
    public string? HoverInfo { get; init; }

    /// <summary>Whether the legend names the trace.</summary>
    /// <value>null: Plotly's default, it does.</value>
    [JsonPropertyName("showlegend")]
    public bool? ShowLegend { get; init; }

    /// <summary>Opacity of the whole trace, 0 to 1.</summary>
    /// <value>null: 1.</value>
    public double? Opacity { get; init; }

    /// <summary>Size, colour and shape of the points, or the look of the bars.</summary>
    /// <value>null: Plotly's defaults.</value>
    public Marker? Marker { get; init; }
}
