using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.SvdPlusPlus;

/// <summary>Options of <see cref="SvdPlusPlusLearner"/>.</summary>
public sealed record SvdPlusPlusOptions : LearnerOptions
{
    /// <summary>Number of latent factors of each user and item.</summary>
    /// <value>64</value>
    [Range(1, 4096)]
    [SearchRange(8, 128, Log = true)]
    public int ApproximationRank { get; init; } = 64;

    /// <summary>Passes over the training rows.</summary>
    /// <value>60</value>
    [Range(1, 100_000)]
    [SearchRange(20, 80)]
    public int NumberOfIterations { get; init; } = 60;

    /// <summary>Step of stochastic gradient descent in the first iteration; it falls linearly to nothing after the last
    /// one. Labels are scaled to a standard deviation of 1 first.</summary>
    /// <value>0.015</value>
    [Range(1e-6, 10.0)]
    [SearchRange(0.003, 0.05, Log = true)]
    public double LearningRate { get; init; } = 0.015;

    /// <summary>Weight of the squared factors, for each row in which they take part.</summary>
    /// <value>0.07</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.01, 0.3, Log = true)]
    public double Lambda { get; init; } = 0.07;

    /// <summary>Weight of the squared biases, for each row in which they take part.</summary>
    /// <value>0.02</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.002, 0.1, Log = true)]
    public double BiasLambda { get; init; } = 0.02;

    /// <summary>Whether predicted ratings are kept between the smallest and the largest training label.</summary>
    /// <value>true</value>
    public bool ClipToLabelRange { get; init; } = true;
}
