using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations.Post.Pmmf;

/// <summary>Options of <see cref="Pmmf"/>.</summary>
public sealed record PmmfOptions : RerankingOptions
{
    /// <summary>The share of the exposure by which that of each group is measured, and which limits it.</summary>
    /// <value>Catalogue</value>
    public TargetShare Target { get; init; } = TargetShare.Catalogue;

    /// <summary>Weight of the worst-off group's exposure, against relevance (lambda of the paper). At 0 nothing is
    /// done: lists stay as they are.</summary>
    /// <value>1</value>
    [Range(0.0, 1000.0)]
    [SearchRange(0.01, 10, Log = true)]
    public double Strength { get; init; } = 1;

    /// <summary>Step size of the prices, before it is divided by the square root of the number of users in the
    /// batch.</summary>
    /// <value>0.01</value>
    [Range(1e-6, 100.0)]
    [SearchRange(0.001, 1, Log = true)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Share of the newest gradient in the running mean of gradients (alpha of the paper); at 1 only the
    /// newest counts.</summary>
    /// <value>0.1</value>
    [Range(0.001, 1.0)]
    [SearchRange(0.01, 1, Log = true)]
    public double GradientShare { get; init; } = 0.1;
}
