using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Options of <see cref="MatrixFactorizationLearner"/>, named as ML.NET's MatrixFactorizationTrainer names
/// them.</summary>
public sealed record MatrixFactorizationOptions : LearnerOptions
{
    /// <summary>What is fitted: ratings (regression) or choices without ratings (one-class).</summary>
    /// <value>SquareLossRegression</value>
    public MatrixFactorizationLoss LossFunction { get; init; } = MatrixFactorizationLoss.SquareLossRegression;

    /// <summary>Number of latent factors of each user and item.</summary>
    /// <value>64</value>
    [Range(1, 4096)]
    [SearchRange(8, 128, Log = true)]
    public int ApproximationRank { get; init; } = 64;

    /// <summary>Passes over the training rows.</summary>
    /// <value>50</value>
    [Range(1, 100_000)]
    [SearchRange(20, 80)]
    public int NumberOfIterations { get; init; } = 50;

    /// <summary>
    /// Step of stochastic gradient descent in the first iteration; it falls linearly to nothing after the last one.
    /// Labels are scaled to a standard deviation of 1 first, so that good steps are alike in all data sets.
    /// </summary>
    /// <value>0.02</value>
    [When(nameof(LossFunction), MatrixFactorizationLoss.SquareLossRegression)]
    [Range(1e-6, 10.0)]
    [SearchRange(0.005, 0.1, Log = true)]
    public double LearningRate { get; init; } = 0.02;

    /// <summary>Weight of the squared factors and biases, for each row in which they take part.</summary>
    /// <value>0.08</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.01, 0.3, Log = true)]
    public double Lambda { get; init; } = 0.08;

    /// <summary>Weight of each user-item pair that was not observed, where an observed one weighs 1.</summary>
    /// <value>0.1</value>
    [When(nameof(LossFunction), MatrixFactorizationLoss.SquareLossOneClass)]
    [Range(0.0, 1.0)]
    [SearchRange(0.01, 1, Log = true)]
    public double Alpha { get; init; } = 0.1;

    /// <summary>Target value of pairs that were not observed, where an observed one has 1.</summary>
    /// <value>0</value>
    [When(nameof(LossFunction), MatrixFactorizationLoss.SquareLossOneClass)]
    [Range(-1.0, 1.0)]
    [SearchRange(0, 0.2)]
    public double C { get; init; }

    /// <summary>
    /// Whether the mean and the biases of users and items are part of the prediction. Without them (as in ML.NET) the
    /// product of the factors alone makes the rating.
    /// </summary>
    /// <value>true</value>
    [When(nameof(LossFunction), MatrixFactorizationLoss.SquareLossRegression)]
    public bool Biases { get; init; } = true;

    /// <summary>Whether all factors are kept at 0 or above.</summary>
    /// <value>false</value>
    public bool NonNegative { get; init; }

    /// <summary>Whether predicted ratings are kept between the smallest and the largest training label.</summary>
    /// <value>true</value>
    [When(nameof(LossFunction), MatrixFactorizationLoss.SquareLossRegression)]
    public bool ClipToLabelRange { get; init; } = true;

    /// <summary>
    /// Threads of the fit, at most those that its context allows; 0 takes all of these. The model does not depend
    /// on it.
    /// </summary>
    /// <value>0</value>
    [Range(0, 1024)]
    public int NumberOfThreads { get; init; }

    /// <summary>Whether models fitted with these options predict what the task asks for: the one-class loss predicts no
    /// ratings.</summary>
    public override bool Serves(TaskKind task) =>
        task == TaskKind.TopN || LossFunction == MatrixFactorizationLoss.SquareLossRegression;
}

/// <summary>What a matrix factorization is fitted to.</summary>
public enum MatrixFactorizationLoss
{
    /// <summary>Squared error of the ratings that were given.</summary>
    SquareLossRegression,

    /// <summary>Squared error over all user-item pairs: 1 for those observed, C with weight Alpha for the
    /// others.</summary>
    SquareLossOneClass,
}
