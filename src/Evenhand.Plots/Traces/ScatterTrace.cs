using System.Text.Json.Serialization;

namespace Evenhand.Plots.Traces;

/// <summary>Points, lines, or both.</summary>
public sealed record ScatterTrace : Trace
{
    /// <summary>Points, lines, or both.</summary>
    /// <value>Points.</value>
    public ScatterMode Mode { get; init; } = ScatterMode.Markers;

    /// <summary>The line between the points.</summary>
    /// <value>null: Plotly's defaults.</value>
    public Line? Line { get; init; }
}

/// <summary>What a scatter trace draws.</summary>
public enum ScatterMode
{
    /// <summary>Points.</summary>
    [JsonStringEnumMemberName("markers")]
    Markers,

    /// <summary>Lines.</summary>
    [JsonStringEnumMemberName("lines")]
    Lines,

    /// <summary>Lines and points.</summary>
    [JsonStringEnumMemberName("lines+markers")]
    LinesAndMarkers,

    /// <summary>Points, each with its text beside it.</summary>
    [JsonStringEnumMemberName("markers+text")]
    MarkersAndText,
}
