using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Tuning.Pruners;

/// <summary>Options of the <see cref="MedianPruner"/>.</summary>
/// <remarks>It checks them.</remarks>
public sealed record MedianPrunerOptions : IOptionsRecord
{
    /// <summary>Trials that must have ended, complete or pruned, before any is pruned.</summary>
    /// <value>5</value>
    [Range(0, int.MaxValue)]
    public int StartupTrials { get; init; } = 5;

    /// <summary>First steps of a trial after which it is never pruned.</summary>
    /// <value>0</value>
    [Range(0, int.MaxValue)]
    public int WarmupSteps { get; init; }

    /// <summary>Steps from one judgement to the next, the first one being that after the warm-up.</summary>
    /// <value>1</value>
    [Range(1, int.MaxValue)]
    public int Interval { get; init; } = 1;
}
