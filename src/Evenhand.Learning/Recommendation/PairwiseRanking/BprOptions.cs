using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Options of <see cref="BprLearner"/>.</summary>
public sealed record BprOptions : PairwiseRankingOptions
{
    /// <summary>Step of stochastic gradient descent in the first iteration; it falls linearly to nothing after the last
    /// one.</summary>
    /// <value>0.05</value>
    [Range(1e-6, 10.0)]
    [SearchRange(0.005, 0.2, Log = true)]
    public override double LearningRate { get; init; } = 0.05;

    /// <summary>Weight of the squared factors and biases that take part in a step.</summary>
    /// <value>0.01</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.001, 0.1, Log = true)]
    public override double Lambda { get; init; } = 0.01;
}
