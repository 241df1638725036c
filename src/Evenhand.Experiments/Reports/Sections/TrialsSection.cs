using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Tables;

namespace Evenhand.Experiments.Reports.Sections;

/// <summary>The trials in the order of their ranks.</summary>
internal static class TrialsSection
{
    public static ReportSection Of(Leaderboard leaderboard, LeaderboardReportOptions options)
    {
        return new TableSection("trials", "", () => Table(bounds: true), () => Table(bounds: false)) { IsView = true };

        TextTable Table(bool bounds) =>
            LeaderboardTable.ForReading(leaderboard, options.Top, options.EveryMetric, bounds);
    }
}
