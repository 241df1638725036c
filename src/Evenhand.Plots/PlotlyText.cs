namespace Evenhand.Plots;

/// <summary>Text inside figures. Plotly reads a small subset of HTML in titles, labels and hover texts.</summary>
public static class PlotlyText
{
    /// <summary>The text as Plotly shows it letter by letter, whatever it contains.</summary>
    /// <exception cref="ArgumentNullException">There is no text.</exception>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
    }
}
