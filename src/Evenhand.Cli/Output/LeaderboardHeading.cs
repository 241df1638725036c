using System.Globalization;
using Evenhand.Experiments;

namespace Evenhand.Cli.Output;

/// <summary>The line above a leaderboard: what was run on what, and which trial is best or why none is.</summary>
internal static class LeaderboardHeading
{
    public static string Of(Leaderboard leaderboard) =>
        $"{leaderboard.Study}: {leaderboard.Task} on {leaderboard.Dataset.Name} "
        + $"({leaderboard.Dataset.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows), "
        + $"{leaderboard.Objective.Text}; {Verdict(leaderboard)}";

    /// <summary>Which trial is best, or why none is.</summary>
    public static string Verdict(Leaderboard leaderboard)
    {
        if (leaderboard.Best is { } best)
        {
            return $"best trial {best}";
        }

        if (leaderboard.LeastInfeasible is { } least)
        {
            return $"no trial is feasible; trial {least} violates least";
        }

        if (leaderboard.Trials.All(t => t.Rank is null))
        {
            return "no trial finished";
        }

        var undefined = leaderboard.Objective.Fairness.Where(name => IsUndefined(leaderboard, name)).ToArray();
        return undefined.Length > 0 ? $"no trial can be ranked: {Why(leaderboard, undefined)}"
            : leaderboard.Objective.Kind == "pareto" ? "see the Pareto front (*)"
            : "no trial can be ranked: the objective is undefined for every one";
    }

    private static bool IsUndefined(Leaderboard leaderboard, string fairness) => leaderboard.Trials
        .Where(t => t.Rank is not null)
        .All(t => !(t.Fairness.TryGetValue(fairness, out var figure) || t.Validation.TryGetValue(fairness, out figure))
            || double.IsNaN(figure.Value));

    private static string Why(Leaderboard leaderboard, string[] undefined)
    {
        var text = $"{string.Join(", ", undefined)} undefined for every one";
        return undefined.Any(name => HasTooFewGroups(leaderboard, name))
            ? $"{text}; fewer than two groups have evaluation.minimumGroupSize "
                + $"({leaderboard.Protocol["minimumGroupSize"]}) rows in the validation part"
            : text;
    }

    // A fairness figure is named metric(attribute).
    private static bool HasTooFewGroups(Leaderboard leaderboard, string fairness)
    {
        var attribute = fairness[(fairness.IndexOf('(', StringComparison.Ordinal) + 1)..^1];
        var groups = leaderboard.Trials.First(t => t.Rank is not null).Groups;
        return groups.TryGetValue(attribute, out var members) && members.Values.Count(g => !g.BelowMinimum) < 2;
    }
}
