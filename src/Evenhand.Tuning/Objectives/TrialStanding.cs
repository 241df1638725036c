namespace Evenhand.Tuning.Objectives;

/// <summary>The classes of finished trials, from best to worst: every trial of a class ranks before those of the
/// next.</summary>
public enum TrialStanding
{
    /// <summary>All measures are defined and all limits kept.</summary>
    Feasible,

    /// <summary>All measures are defined and some limit is missed.</summary>
    Infeasible,

    /// <summary>Complete, but a measure that the objective reads is missing, infinite or not a number.</summary>
    Undefined,

    /// <summary>The trial was ended early: what it reported is not what it would have come to.</summary>
    Pruned,

    /// <summary>The trial failed.</summary>
    Failed,
}
