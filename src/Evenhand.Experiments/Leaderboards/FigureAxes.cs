using Evenhand.Metrics;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>The figures of a leaderboard by name, as a chart puts them on its axes.</summary>
/// <param name="X">Name of the figure across.</param>
/// <param name="Y">Name of the figure up.</param>
internal sealed record FigureAxes(string X, string Y)
{
    /// <summary>The objective's accuracy across, and its first gap up; without a gap any other figure.</summary>
    public static FigureAxes Default(Leaderboard leaderboard)
    {
        var x = leaderboard.Objective.Accuracy;
        var y = leaderboard.Objective.Fairness is [var gap, ..] ? gap
            : Names(leaderboard).LastOrDefault(name => name != x, x);
        return new FigureAxes(x, y);
    }

    /// <summary>Every metric, then every fairness figure, that a finished trial has.</summary>
    public static IEnumerable<string> Names(Leaderboard leaderboard)
    {
        var complete = leaderboard.Trials.Where(t => t.IsComplete).ToList();
        return complete.SelectMany(t => t.Validation.Keys).Concat(complete.SelectMany(t => t.Fairness.Keys)).Distinct();
    }

    /// <summary>A figure on the validation part; null where the trial lacks it.</summary>
    public static MetricValue? Figure(LeaderboardTrial trial, string name) =>
        trial.Validation.TryGetValue(name, out var metric) ? metric
        : trial.Fairness.TryGetValue(name, out var fairness) ? fairness
        : null;
}
