using System.Globalization;
using Evenhand.Experiments.Leaderboards;

namespace Evenhand.Cli.Output;

/// <summary>The lines above a leaderboard: what was run on what, which trial is best or why none is, and what the study
/// found.</summary>
internal static class LeaderboardHeading
{
    public static string Of(Leaderboard leaderboard) =>
        $"{leaderboard.Study}: {leaderboard.Task} on {leaderboard.Dataset.Name} "
        + $"({leaderboard.Dataset.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows), "
        + $"{leaderboard.Objective.Text}; {leaderboard.Verdict}\n{leaderboard.Headline}";
}
