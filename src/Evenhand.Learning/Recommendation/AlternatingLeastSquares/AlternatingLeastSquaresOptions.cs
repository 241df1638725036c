using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.AlternatingLeastSquares;

/// <summary>Options of <see cref="AlternatingLeastSquaresLearner"/>.</summary>
public sealed record AlternatingLeastSquaresOptions : LearnerOptions
{
    /// <summary>Number of latent factors of each user and item.</summary>
    /// <value>32</value>
    [Range(1, 4096)]
    [SearchRange(8, 128, Log = true)]
    public int ApproximationRank { get; init; } = 32;

    /// <summary>How often all items and then all users are solved for.</summary>
    /// <value>15</value>
    [Range(1, 100_000)]
    [SearchRange(5, 30)]
    public int NumberOfIterations { get; init; } = 15;

    /// <summary>Weight of the squared factors and bias of a user or item, for each of its ratings. Labels are scaled to
    /// a standard deviation of 1 first, so that good values are alike in all data sets.</summary>
    /// <value>0.12</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.02, 0.5, Log = true)]
    public double Lambda { get; init; } = 0.12;

    /// <summary>Whether the mean and the biases of users and items are part of the prediction. Without them the product
    /// of the factors alone makes the rating.</summary>
    /// <value>true</value>
    public bool Biases { get; init; } = true;

    /// <summary>Whether all factors are kept at 0 or above; biases stay free.</summary>
    /// <value>false</value>
    public bool NonNegative { get; init; }

    /// <summary>Whether predicted ratings are kept between the smallest and the largest training label.</summary>
    /// <value>true</value>
    public bool ClipToLabelRange { get; init; } = true;

    /// <summary>
    /// Threads of the fit, at most those that its context allows; 0 takes all of these. The model does not depend
    /// on it.
    /// </summary>
    /// <value>0</value>
    [Range(0, 1024)]
    public int NumberOfThreads { get; init; }
}
