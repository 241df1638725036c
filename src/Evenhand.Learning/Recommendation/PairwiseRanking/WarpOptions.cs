using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Options of <see cref="WarpLearner"/>.</summary>
public sealed record WarpOptions : PairwiseRankingOptions
{
    /// <summary>Step of stochastic gradient descent in the first iteration; it falls linearly to nothing after the last
    /// one.</summary>
    /// <value>0.02</value>
    [Range(1e-6, 10.0)]
    [SearchRange(0.005, 0.2, Log = true)]
    public override double LearningRate { get; init; } = 0.02;

    /// <summary>Weight of the squared factors and biases that take part in a step.</summary>
    /// <value>0.05</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.005, 0.3, Log = true)]
    public override double Lambda { get; init; } = 0.05;

    /// <summary>How many items are drawn at most for one that ranks too high; more make later iterations slower and
    /// reach errors nearer to the top of the list.</summary>
    /// <value>10</value>
    [Range(1, 10_000)]
    [SearchRange(5, 50, Log = true)]
    public int MaximumSamples { get; init; } = 10;
}
