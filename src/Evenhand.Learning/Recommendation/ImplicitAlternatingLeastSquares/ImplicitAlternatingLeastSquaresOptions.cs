using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>Options of <see cref="ImplicitAlternatingLeastSquaresLearner"/>.</summary>
public sealed record ImplicitAlternatingLeastSquaresOptions : LearnerOptions
{
    /// <summary>Number of latent factors of each user and item.</summary>
    /// <value>64</value>
    [Range(1, 4096)]
    [SearchRange(8, 256, Log = true)]
    public int ApproximationRank { get; init; } = 64;

    /// <summary>How often all items and then all users are solved for.</summary>
    /// <value>16</value>
    [Range(1, 100_000)]
    [SearchRange(4, 32)]
    public int NumberOfIterations { get; init; } = 16;

    /// <summary>Weight with which the score of every user-item pair is drawn to 0, where an observed pair is drawn to 1
    /// with weight 1: the unobserved weight.</summary>
    /// <value>0.2</value>
    [Range(1e-6, 1e3)]
    [SearchRange(0.005, 1, Log = true)]
    public double Alpha { get; init; } = 0.2;

    /// <summary>Weight of the squared factors, for each pair (observed with its weight, or with weight Alpha) in which
    /// they take part where <see cref="Nu"/> is 1; scaled so that other exponents keep their sum.</summary>
    /// <value>0.02</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.001, 0.1, Log = true)]
    public double Lambda { get; init; } = 0.02;

    /// <summary>Exponent of the frequency with which a user's or item's squared factors weigh: 0 weighs all alike, 1 in
    /// proportion to their pairs.</summary>
    /// <value>1</value>
    [Range(0.0, 2.0)]
    [SearchRange(0, 1)]
    public double Nu { get; init; } = 1;

    /// <summary>How the factors of one user or item are found.</summary>
    /// <value>Cholesky</value>
    public ImplicitSolver Solver { get; init; } = ImplicitSolver.Cholesky;

    /// <summary>Steps for each user or item in an iteration.</summary>
    /// <value>3</value>
    [When(nameof(Solver), ImplicitSolver.ConjugateGradient)]
    [Range(1, 1000)]
    public int ConjugateGradientSteps { get; init; } = 3;

    /// <summary>How many factors are solved for at once, rounded up to a multiple of 8.</summary>
    /// <value>32</value>
    [When(nameof(Solver), ImplicitSolver.BlockCoordinateDescent)]
    [Range(1, 4096)]
    public int BlockSize { get; init; } = 32;

    /// <summary>Whether all factors are kept at 0 or above. Not with conjugate gradient.</summary>
    /// <value>false</value>
    public bool NonNegative { get; init; }

    /// <summary>
    /// Threads of the fit, at most those that its context allows; 0 takes all of these. The model does not depend
    /// on it.
    /// </summary>
    /// <value>0</value>
    [Range(0, 1024)]
    public int NumberOfThreads { get; init; }

    /// <summary>Checks every option, and that the solver can keep factors from becoming negative where they must
    /// not.</summary>
    /// <exception cref="InputException">A value is not allowed.</exception>
    public override IEnumerable<OptionProblem> Contradictions()
    {
        if (NonNegative && Solver == ImplicitSolver.ConjugateGradient)
        {
            yield return Invalid(
                nameof(Solver), Solver, "Cholesky or BlockCoordinateDescent where nonNegative is true");
        }
    }
}

/// <summary>How the factors of one user or item are found, all others held.</summary>
public enum ImplicitSolver
{
    /// <summary>Exactly, from the normal equations.</summary>
    Cholesky,

    /// <summary>By a few steps of conjugate gradient from where they stand: cheaper at high ranks.</summary>
    ConjugateGradient,

    /// <summary>Block by block of factors, each exactly with the others held: cheaper at high ranks.</summary>
    BlockCoordinateDescent,
}
