using Evenhand.Experiments.Leaderboards;

namespace Evenhand.Experiments.Reports.Sections;

/// <summary>The sections of a leaderboard, in their order.</summary>
internal static class LeaderboardSections
{
    private static readonly Func<Leaderboard, LeaderboardReportOptions, ReportSection?>[] All =
    [
        HeadlineSection.Of,
        TradeOffSection.Of,
        TrialsSection.Of,
        CurvesSection.Of,
    ];

    /// <summary>Those that have something to say of a leaderboard.</summary>
    public static IReadOnlyList<ReportSection> Of(Leaderboard leaderboard, LeaderboardReportOptions options) =>
        [.. All.Select(section => section(leaderboard, options)).OfType<ReportSection>()];
}
