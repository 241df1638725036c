using Evenhand.Experiments.Leaderboards;

namespace Evenhand.Experiments.Reports.Sections;

/// <summary>The accuracy metric of trials by step of their fits, where they reported it.</summary>
internal static class CurvesSection
{
    // More lines than this cannot be told apart, and are slow to draw.
    private const int MostTrials = 60;

    public static ReportSection? Of(Leaderboard leaderboard, LeaderboardReportOptions options)
    {
        var measure = leaderboard.Objective.Accuracy;
        var reporting = leaderboard.Trials.Where(
            trial => trial.Reports.Any(report => report.Measures.ContainsKey(measure))).ToArray();
        return reporting.Length == 0
            ? null
            : new FigureSection(
                "curves",
                reporting.Length > MostTrials
                    ? $"Learning curves of {MostTrials} of {reporting.Length} trials"
                    : "Learning curves",
                () => LeaderboardFigures.Curves(leaderboard with { Trials = [.. reporting.Take(MostTrials)] }))
            {
                IsView = true,
            };
    }
}
