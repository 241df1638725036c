using System.Text.Json.Serialization;

namespace Evenhand.Plots;

/// <summary>How a chart behaves in the page.</summary>
public sealed record PlotlyConfig
{
    /// <summary>The button that sends a chart and its data to Plotly's cloud.</summary>
    public const string UploadButton = "sendChartToCloud";

    /// <summary>The chart follows the size of its element.</summary>
    /// <value>true.</value>
    public bool Responsive { get; init; } = true;

    /// <summary>Plotly's logo among the buttons.</summary>
    /// <value>false.</value>
    [JsonPropertyName("displaylogo")]
    public bool DisplayLogo { get; init; }

    /// <summary>The bar of buttons: always, never, or (null) while the pointer is over the chart.</summary>
    /// <value>null.</value>
    public bool? DisplayModeBar { get; init; }

    /// <summary>Buttons left out of the bar, by Plotly's names such as <c>lasso2d</c>; null leaves out none.</summary>
    /// <value><see cref="UploadButton"/>: a chart of people's data is not sent to a server by one click.</value>
    public IReadOnlyList<string>? ModeBarButtonsToRemove { get; init; } = [UploadButton];

    /// <summary>Whether the wheel zooms.</summary>
    /// <value>null: Plotly's default, off.</value>
    public bool? ScrollZoom { get; init; }
}
