using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Options of <see cref="FactorizationMachineLearner"/>.</summary>
public sealed record FactorizationMachineOptions : LearnerOptions
{
    /// <summary>What is fitted: ratings (regression) or the order of chosen before other items (Bayesian personalized
    /// ranking).</summary>
    /// <value>SquareLossRegression</value>
    public FactorizationMachineLoss LossFunction { get; init; } = FactorizationMachineLoss.SquareLossRegression;

    /// <summary>How ratings are fitted: by draws from the posterior distribution, or to one optimum.</summary>
    /// <value>MarkovChainMonteCarlo</value>
    [When(nameof(LossFunction), FactorizationMachineLoss.SquareLossRegression)]
    public FactorizationMachineSolver Solver { get; init; } = FactorizationMachineSolver.MarkovChainMonteCarlo;

    /// <summary>Number of latent factors of each feature.</summary>
    /// <value>16</value>
    [Range(1, 4096)]
    [SearchRange(4, 64, Log = true)]
    public int ApproximationRank { get; init; } = 16;

    /// <summary>Passes over the training rows. For Markov chain Monte Carlo the draws of the chain, of which the first
    /// quarter is not used.</summary>
    /// <value>100</value>
    [Range(1, 100_000)]
    [SearchRange(40, 200, Log = true)]
    public int NumberOfIterations { get; init; } = 100;

    /// <summary>
    /// How many draws the model keeps and averages, evenly spaced over the used part of the chain; its size and the
    /// cost of a prediction grow with it.
    /// </summary>
    /// <value>30</value>
    [When(nameof(Solver), FactorizationMachineSolver.MarkovChainMonteCarlo)]
    [Range(1, 1000)]
    public int NumberOfSamples { get; init; } = 30;

    /// <summary>
    /// Weight of the squared factors and weights of a feature, for each row in which it takes part. Markov chain Monte
    /// Carlo draws the regularization as well.
    /// </summary>
    /// <value>0.08</value>
    [Unless(nameof(Solver), FactorizationMachineSolver.MarkovChainMonteCarlo)]
    [Range(0.0, 1e4)]
    [SearchRange(0.002, 0.3, Log = true)]
    public double Lambda { get; init; } = 0.08;

    /// <summary>Step of stochastic gradient descent in the first iteration; it falls linearly to nothing after the last
    /// one.</summary>
    /// <value>0.01</value>
    [When(nameof(LossFunction), FactorizationMachineLoss.BayesianPersonalizedRanking)]
    [Range(1e-6, 10.0)]
    [SearchRange(0.002, 0.02, Log = true)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Whether the columns that describe users and have the role <c>feature</c> are read.</summary>
    /// <value>true</value>
    public bool UseUserFeatures { get; init; } = true;

    /// <summary>Whether the columns that describe items and have the role <c>feature</c> are read.</summary>
    /// <value>true</value>
    public bool UseItemFeatures { get; init; } = true;

    /// <summary>Whether the items that a user has training rows of are features of the user, as in SVD++.</summary>
    /// <value>false</value>
    public bool UseItemsOfUser { get; init; }

    /// <summary>Whether the users that an item has training rows of are features of the item.</summary>
    /// <value>false</value>
    public bool UseUsersOfItem { get; init; }

    /// <summary>
    /// Whether columns with the role <c>feature</c> that make the groups of the experiment are read as well. Without it
    /// those columns are left out, and so is each column from which alone such a group can be told, such as the age
    /// where groups are age bands. What several columns tell together is not looked for.
    /// </summary>
    /// <value>false</value>
    public bool UseGroupAttributes { get; init; }

    /// <summary>Whether predicted ratings are kept between the smallest and the largest training label.</summary>
    /// <value>true</value>
    [When(nameof(LossFunction), FactorizationMachineLoss.SquareLossRegression)]
    public bool ClipToLabelRange { get; init; } = true;

    /// <summary>Whether models fitted with these options predict what the task asks for: those of Bayesian personalized
    /// ranking predict no ratings.</summary>
    public override bool Serves(TaskKind task) =>
        task == TaskKind.TopN || LossFunction == FactorizationMachineLoss.SquareLossRegression;
}

/// <summary>What a factorization machine is fitted to.</summary>
public enum FactorizationMachineLoss
{
    /// <summary>Squared error of the ratings that were given.</summary>
    SquareLossRegression,

    /// <summary>Logistic loss of the difference in score between an item chosen and one drawn from the
    /// others.</summary>
    BayesianPersonalizedRanking,
}

/// <summary>How a factorization machine is fitted to ratings.</summary>
public enum FactorizationMachineSolver
{
    /// <summary>Gibbs sampling of weights, factors and regularization; predictions are means over draws. Mostly the
    /// most accurate, with nothing to tune but rank and iterations.</summary>
    MarkovChainMonteCarlo,

    /// <summary>Coordinate descent, also called alternating least squares: one optimum for a given Lambda.</summary>
    CoordinateDescent,
}
