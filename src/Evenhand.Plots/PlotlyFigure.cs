using System.Text.Json;
using Evenhand.Plots.Layouts;
using Evenhand.Plots.Traces;

namespace Evenhand.Plots;

/// <summary>A Plotly figure: what is drawn, how it is laid out, and how the chart behaves.</summary>
/// <remarks>The records carry the names of Plotly's own schema (https://plotly.com/javascript/reference/), so the JSON
/// opens wherever Plotly's JSON does: in a browser, in a notebook, and in the Plotly libraries of other
/// languages.</remarks>
public sealed record PlotlyFigure
{
    /// <summary>The traces, drawn in this order; the later lie on top.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<Trace> Data { get; init; } = [];

    /// <summary>Title, axes, legend, margins and colours.</summary>
    /// <value>Plotly's own defaults.</value>
    public PlotlyLayout Layout { get; init; } = new();

    /// <summary>Behaviour of the chart: buttons, resizing.</summary>
    /// <value>Responsive, without Plotly's logo.</value>
    public PlotlyConfig Config { get; init; } = new();

    /// <summary>The figure as Plotly's JSON: <c>{ "data": [...], "layout": {...}, "config": {...} }</c>.</summary>
    /// <param name="indented">One value a line, for people.</param>
    /// <returns>JSON that may stand inside an HTML script element: <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are
    /// escaped.</returns>
    public string ToJson(bool indented = false) =>
        JsonSerializer.Serialize(this, (indented ? PlotlyJson.Indented : PlotlyJson.Compact).PlotlyFigure);
}
