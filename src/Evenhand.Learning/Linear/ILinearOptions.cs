using Evenhand.Learning.Classes;

namespace Evenhand.Learning.Linear;

/// <summary>How the minimum of a regularized loss of a linear model is found.</summary>
internal interface ILinearOptions
{
    /// <summary>The solver.</summary>
    LogisticRegressionSolver Solver { get; }

    /// <summary>Weight of half the squared coefficients, against the sum of the losses.</summary>
    double L2Regularization { get; }

    /// <summary>Weight of the absolute coefficients, against the sum of the losses.</summary>
    double L1Regularization { get; }

    /// <summary>How the classes weigh.</summary>
    ClassWeighting ClassWeights { get; }

    /// <summary>Most iterations, or passes over the rows.</summary>
    int NumberOfIterations { get; }

    /// <summary>The largest element of the gradient at which a solver may stop, against the sum of the rows'
    /// weights.</summary>
    double OptimizationTolerance { get; }

    /// <summary>How many past steps are known.</summary>
    int HistorySize { get; }

    /// <summary>First step of stochastic descent.</summary>
    double LearningRate { get; }
}
