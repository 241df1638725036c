using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.Slim;

/// <summary>Options of <see cref="SlimLearner"/>.</summary>
public sealed record SlimOptions : LearnerOptions
{
    /// <summary>Weight of the absolute item weights; the larger, the fewer of them are left.</summary>
    /// <value>1</value>
    [Range(0.0, 1e9)]
    [SearchRange(0.1, 20, Log = true)]
    public double L1Regularization { get; init; } = 1;

    /// <summary>Weight of half the squared item weights.</summary>
    /// <value>100</value>
    [Range(0.0, 1e9)]
    [SearchRange(1, 1000, Log = true)]
    public double L2Regularization { get; init; } = 100;

    /// <summary>Whether all item weights are kept at 0 or above, as in the paper.</summary>
    /// <value>true</value>
    public bool NonNegative { get; init; } = true;

    /// <summary>How many other items, the most similar ones by cosine, may have a weight for an item; 0 for
    /// all.</summary>
    /// <value>0</value>
    [Range(0, 1_000_000)]
    public int NumberOfNeighbours { get; init; }

    /// <summary>Most passes over the weights of an item.</summary>
    /// <value>100</value>
    [Range(1, 100_000)]
    public int NumberOfIterations { get; init; } = 100;

    /// <summary>The weights of an item are found once a pass changes none by more than this share of the
    /// largest.</summary>
    /// <value>0.001</value>
    [Range(1e-12, 1.0)]
    public double OptimizationTolerance { get; init; } = 1e-3;
}
