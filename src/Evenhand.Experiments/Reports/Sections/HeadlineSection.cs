using System.Globalization;
using Evenhand.Experiments.Leaderboards;

namespace Evenhand.Experiments.Reports.Sections;

/// <summary>What was run on what, which trial is best or why none is, and what the study found.</summary>
internal static class HeadlineSection
{
    public static ReportSection Of(Leaderboard leaderboard, LeaderboardReportOptions options) => new TextSection(
        "headline",
        "",
        [
            $"{leaderboard.Study}: {leaderboard.Task} on {leaderboard.Dataset.Name} "
                + $"({leaderboard.Dataset.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows), "
                + $"{leaderboard.Objective.Text}; {leaderboard.Verdict}",
            leaderboard.Headline,
        ])
    {
        IsView = true,
    };
}
