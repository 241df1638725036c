using System.Text.Json;
using Evenhand.Experiments.Leaderboards;

namespace Evenhand.Experiments.Reports.Sections;

/// <summary>A leaderboard as a report.</summary>
public static class LeaderboardReport
{
    /// <summary>The report.</summary>
    /// <param name="leaderboard">The leaderboard.</param>
    /// <param name="options">How much is shown; null: all trials, the objective's own metrics.</param>
    public static Report Of(Leaderboard leaderboard, LeaderboardReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(leaderboard);
        return new Report(
            leaderboard.Study, LeaderboardSections.Of(leaderboard, options ?? new LeaderboardReportOptions()));
    }

    /// <summary>Writes the leaderboard as JSON (<see cref="LeaderboardJson"/>), with the sections that say more than it
    /// under <c>sections</c>.</summary>
    /// <param name="stream">Where to, as UTF-8.</param>
    /// <param name="leaderboard">The leaderboard.</param>
    public static void WriteJson(Stream stream, Leaderboard leaderboard)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        LeaderboardJson.WriteMembers(json, leaderboard);
        ReportJson.Write(json, [.. Of(leaderboard).Sections.Where(section => !section.IsView)]);
        json.WriteEndObject();
    }
}

/// <summary>How much of a leaderboard is shown.</summary>
public sealed record LeaderboardReportOptions
{
    /// <summary>How many trials, the best ones; null: all. The trial that p values refer to is shown besides.</summary>
    /// <value>null</value>
    public int? Top { get; init; }

    /// <summary>Whether metrics that the objective does not read have columns too.</summary>
    /// <value>false</value>
    public bool EveryMetric { get; init; }
}
