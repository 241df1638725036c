using Evenhand.Plots;

namespace Evenhand.Experiments;

/// <summary>What a finished trial is to its leaderboard; each trial has one role.</summary>
internal enum TrialRole
{
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
        : !trial.Feasible ? TrialRole.Infeasible
        : trial.Pareto ? TrialRole.Pareto
        : TrialRole.Dominated;

    public static TrialLook Look(Leaderboard leaderboard, TrialRole role) => role switch
    {
        TrialRole.Best => new TrialLook(
            "best", leaderboard.Best is null ? "Least infeasible" : "Best", Filled("#00805d", 17, MarkerSymbol.Star)),
        TrialRole.MostAccurate => new TrialLook(
            "most-accurate", "Most accurate", Filled("#a8447f", 13, MarkerSymbol.Diamond)),
        TrialRole.Pareto => new TrialLook("pareto", "On the front", Filled("#0072b2", 10, MarkerSymbol.Circle)),
        TrialRole.Infeasible => new TrialLook("infeasible", "Infeasible", Outlined("#c25100", MarkerSymbol.XThin)),
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
