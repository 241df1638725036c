using System.Net;
using System.Text;
using System.Text.Json;
using Evenhand.Configuration;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Reports.Sections;
using Evenhand.Plots;

namespace Evenhand.Experiments.Reports.Page;

/// <summary>The leaderboard as one HTML file: table, drill-down, Plotly chart and the other sections of its report,
/// with no network and no other file.</summary>
public static class LeaderboardPage
{
    // Sections that have a place of their own in the page, where they answer to the reader.
    private static readonly string[] OwnPlaces = ["headline", "trade-off", "trials"];

    private static readonly string[] Scripts = ["model", "text", "chart", "detail", "table", "sections", "main"];

    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="leaderboard">What to show; its JSON form stands in the page as it is.</param>
    /// <param name="report">Sections, of which the page shows those that have no place of their own in it; null: those
    /// of <see cref="LeaderboardReport"/>.</param>
    /// <exception cref="ArgumentNullException">A writer or a leaderboard is missing.</exception>
    public static void Write(TextWriter writer, Leaderboard leaderboard, Report? report = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(leaderboard);
        var sources = string.Concat(Scripts.Select(name => WebPage.Resource($"leaderboard.{name}.js")));
        var script = $"(() => {{\n\"use strict\";\n{sources}}})();\n";
        var plotly = $"\n{PlotlyLibrary.Script.ReplaceLineEndings("\n")}\n";
        var parts = new Dictionary<string, Func<string>>
        {
            ["policy"] = () => WebPage.Policy(plotly, script),
            ["title"] = () => WebUtility.HtmlEncode($"{leaderboard.Study} · Evenhand leaderboard"),
            ["style"] = () => $"\n{WebPage.Resource("leaderboard.css")}",
            ["data"] = () => InScript(Data(leaderboard)),
            ["view"] = () => InScript(View(leaderboard, report ?? LeaderboardReport.Of(leaderboard))),
            ["plotly"] = () => plotly,
            ["script"] = () => script,
        };
        Fill(writer, WebPage.Resource("leaderboard.html"), parts);
    }

    /// <summary>Writes the page as a file: beside its place first, then renamed.</summary>
    /// <param name="path">Where to; an existing file is replaced.</param>
    /// <param name="leaderboard">What to show.</param>
    /// <param name="report">Further sections, as for <see cref="Write(TextWriter, Leaderboard, Report)"/>.</param>
    /// <exception cref="ArgumentNullException">A path or a leaderboard is missing.</exception>
    public static void Write(string path, Leaderboard leaderboard, Report? report = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var page = new StringWriter { NewLine = "\n" };
        Write(page, leaderboard, report);
        WholeFile.Write(path, page.ToString());
    }

    private static void Fill(TextWriter writer, string template, Dictionary<string, Func<string>> parts)
    {
        var rest = template.AsSpan();
        for (var open = rest.IndexOf("{{"); open >= 0; open = rest.IndexOf("{{"))
        {
            var close = rest.IndexOf("}}");
            writer.Write(rest[..open]);
            writer.Write(parts[rest[(open + 2)..close].ToString()]());
            rest = rest[(close + 2)..];
        }

        writer.Write(rest);
    }

    private static string Data(Leaderboard leaderboard)
    {
        using var stream = new MemoryStream();
        LeaderboardJson.Write(stream, leaderboard, indented: false);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static string View(Leaderboard leaderboard, Report report)
    {
        var axes = FigureAxes.Default(leaderboard);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("x", axes.X);
            json.WriteString("y", axes.Y);
            json.WriteStartObject("maximize");
            foreach (var name in FigureAxes.Names(leaderboard)
                .Where(leaderboard.GreaterIsBetter.Contains))
            {
                json.WriteBoolean(name, true);
            }

            json.WriteEndObject();
            json.WritePropertyName("figure");
            json.WriteRawValue(LeaderboardFigures.Pareto(leaderboard).ToJson());
            ReportJson.Write(json, [.. report.Sections.Where(section => !OwnPlaces.Contains(section.Key))]);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    // In JSON "<" occurs inside strings alone; without it no text can close the script element or open a comment.
    private static string InScript(string json) => json.Replace("<", "\\u003C", StringComparison.Ordinal);
}
