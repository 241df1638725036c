using Evenhand.Experiments.Leaderboards;

namespace Evenhand.Experiments.Reports.Sections;

/// <summary>Every trial on the axes of the objective: accuracy across, the first gap up.</summary>
internal static class TradeOffSection
{
    public static ReportSection? Of(Leaderboard leaderboard, LeaderboardReportOptions options) =>
        leaderboard.Trials.Any(trial => trial.IsComplete)
            ? new FigureSection("trade-off", "Accuracy and fairness", () => LeaderboardFigures.Pareto(leaderboard))
            {
                IsView = true,
            }
            : null;
}
