using Evenhand.Plots.Traces;

namespace Evenhand.Experiments.Leaderboards;

/// <summary>What a complete trial is to its leaderboard; each has one role.</summary>
internal enum TrialRole
{
    Undefined,
    Constant,
    Dominated,
    Infeasible,
    Pareto,
    MostAccurate,
    Best,
}

/// <summary>How charts show a role.</summary>
/// <param name="Key">Name of the role in the page's style sheet and script.</param>
/// <param name="Name">Name in the legend.</param>
/// <param name="Marker">Shape, size and colour.</param>
internal sealed record TrialLook(string Key, string Name, Marker Marker);

/// <summary>The roles of trials and their looks.</summary>
internal static class TrialRoles
{
    /// <summary>The order in which roles are drawn: what matters most lies on top.</summary>
    public static IReadOnlyList<TrialRole> DrawingOrder { get; } = Enum.GetValues<TrialRole>();

    public static TrialRole Of(Leaderboard leaderboard, LeaderboardTrial trial) =>
        trial.Number == (leaderboard.Best ?? leaderboard.LeastInfeasible) ? TrialRole.Best
        : trial.Number == leaderboard.MostAccurate ? TrialRole.MostAccurate
        : trial.Rank is null ? TrialRole.Undefined
        : !trial.Feasible ? TrialRole.Infeasible
        : trial.Pareto ? TrialRole.Pareto
        : trial.Constant ? TrialRole.Constant
        : TrialRole.Dominated;

    /// <summary>The role by its name in JSON; the state for a trial that did not complete.</summary>
    public static string KeyOf(Leaderboard leaderboard, LeaderboardTrial trial) =>
        !trial.IsComplete ? trial.State
        : trial.Number == leaderboard.LeastInfeasible ? "least-infeasible"
        : Look(leaderboard, Of(leaderboard, trial)).Key;

    public static TrialLook Look(Leaderboard leaderboard, TrialRole role) => role switch
    {
        TrialRole.Best => new TrialLook(
            "best", leaderboard.Best is null ? "Least infeasible" : "Best", Filled("#00805d", 17, MarkerSymbol.Star)),
        TrialRole.MostAccurate => new TrialLook(
            "most-accurate", "Most accurate", Filled("#a8447f", 13, MarkerSymbol.Diamond)),
        TrialRole.Pareto => new TrialLook("pareto", "On the front", Filled("#0072b2", 10, MarkerSymbol.Circle)),
        TrialRole.Infeasible => new TrialLook("infeasible", "Infeasible", Outlined("#c25100", MarkerSymbol.XThin)),
        TrialRole.Constant => new TrialLook(
            "constant", "Constant predictions", Outlined("#8a9099", MarkerSymbol.SquareOpen)),
        TrialRole.Undefined => new TrialLook(
            "undefined", "Objective undefined", Outlined("#8a9099", MarkerSymbol.TriangleUpOpen)),
        _ => new TrialLook("dominated", "Dominated", Outlined("#8a9099", MarkerSymbol.CircleOpen)),
    };

    private static Marker Filled(string color, double size, MarkerSymbol symbol) => new()
    {
        Color = color,
        Size = size,
        Symbol = symbol,
        Line = new MarkerLine { Color = "#ffffff", Width = 1 },
    };

    private static Marker Outlined(string color, MarkerSymbol symbol) => new()
    {
        Color = color,
        Size = 8,
        Symbol = symbol,
        Line = new MarkerLine { Width = 1.5 },
    };
}
