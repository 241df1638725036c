using System.Text.Json.Serialization;

namespace Evenhand.Plots.Layouts;

/// <summary>One axis.</summary>
public sealed record Axis
{
    /// <summary>Title beside the axis.</summary>
    /// <value>null: none.</value>
    public Title? Title { get; init; }

    /// <summary>Kind of axis.</summary>
    /// <value>null: Plotly looks at the data.</value>
    public AxisType? Type { get; init; }

    /// <summary>First and last position shown; on a logarithmic axis their powers of ten.</summary>
    /// <value>null: all data.</value>
    public IReadOnlyList<double>? Range { get; init; }

    /// <summary>Which part of the range always includes 0: <c>normal</c>, <c>tozero</c>, <c>nonnegative</c>.</summary>
    /// <value>null: normal, none.</value>
    [JsonPropertyName("rangemode")]
    public string? RangeMode { get; init; }

    /// <summary>How numbers at the ticks are written, as d3-format has it, such as <c>.3f</c>.</summary>
    /// <value>null: Plotly's choice.</value>
    [JsonPropertyName("tickformat")]
    public string? TickFormat { get; init; }

    /// <summary>Whether lines cross the plot at the ticks.</summary>
    /// <value>null: they do.</value>
    [JsonPropertyName("showgrid")]
    public bool? ShowGrid { get; init; }

    /// <summary>Colour of these lines, as CSS writes it.</summary>
    /// <value>null: Plotly's default.</value>
    [JsonPropertyName("gridcolor")]
    public string? GridColor { get; init; }

    /// <summary>Whether a stronger line marks 0.</summary>
    /// <value>null: it does.</value>
    [JsonPropertyName("zeroline")]
    public bool? ZeroLine { get; init; }

    /// <summary>Whether the margin grows with long tick labels.</summary>
    /// <value>null: it does not.</value>
    [JsonPropertyName("automargin")]
    public bool? AutoMargin { get; init; }
}

/// <summary>The kind of an axis.</summary>
public enum AxisType
{
    /// <summary>Numbers.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary>Powers of ten.</summary>
    [JsonStringEnumMemberName("log")]
    Log,

    /// <summary>Names, in the order of the data.</summary>
    [JsonStringEnumMemberName("category")]
    Category,

    /// <summary>Dates and times.</summary>
    [JsonStringEnumMemberName("date")]
    Date,
}
