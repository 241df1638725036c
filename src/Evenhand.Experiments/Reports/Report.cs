using Evenhand.Experiments.Tables;
using Evenhand.Plots;

namespace Evenhand.Experiments.Reports;

/// <summary>What is to be shown of something, in the order in which it is read. Terminal, Markdown, JSON and page each
/// render every section that there is.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Sections">Its parts.</param>
public sealed record Report(string Title, IReadOnlyList<ReportSection> Sections);

/// <summary>A part of a report: a <see cref="TextSection"/>, a <see cref="TableSection"/> or a
/// <see cref="FigureSection"/>. What it shows is made when a renderer asks for it.</summary>
/// <param name="key">Its name for programs: small letters, digits and hyphens.</param>
/// <param name="title">Its heading; empty for none.</param>
public abstract class ReportSection(string key, string title)
{
    /// <summary>Its name for programs.</summary>
    public string Key { get; } = key;

    /// <summary>Its heading; empty for none.</summary>
    public string Title { get; } = title;

    /// <summary>Whether it is another view of what the JSON form of the report's subject says itself: then JSON does
    /// not say it again.</summary>
    /// <value>false</value>
    public bool IsView { get; init; }
}

/// <summary>Sentences.</summary>
/// <param name="key">Its name for programs.</param>
/// <param name="title">Its heading; empty for none.</param>
/// <param name="paragraphs">Plain text, a paragraph each.</param>
public sealed class TextSection(string key, string title, IReadOnlyList<string> paragraphs)
    : ReportSection(key, title)
{
    /// <summary>Plain text, a paragraph each.</summary>
    public IReadOnlyList<string> Paragraphs { get; } = paragraphs;
}

/// <summary>A table.</summary>
/// <param name="key">Its name for programs.</param>
/// <param name="title">Its heading; empty for none.</param>
/// <param name="table">Makes the table.</param>
/// <param name="narrow">Makes the same in less width; null: there is no narrower form.</param>
public sealed class TableSection(string key, string title, Func<TextTable> table, Func<TextTable>? narrow = null)
    : ReportSection(key, title)
{
    /// <summary>The table.</summary>
    public TextTable Table => field ??= table();

    /// <summary>The same in less width, for where the table does not fit.</summary>
    public TextTable Narrow => field ??= narrow?.Invoke() ?? Table;
}

/// <summary>A figure, which the page and notebooks draw, and JSON describes.</summary>
/// <param name="key">Its name for programs.</param>
/// <param name="title">Its heading; empty for none.</param>
/// <param name="figure">Draws the figure up.</param>
public sealed class FigureSection(string key, string title, Func<PlotlyFigure> figure) : ReportSection(key, title)
{
    /// <summary>The figure.</summary>
    public PlotlyFigure Figure => field ??= figure();
}
