namespace Evenhand.Learning.Linear;

/// <summary>How the minimum of a logistic regression is found. There is one minimum, so this decides speed and memory,
/// not the model.</summary>
public enum LogisticRegressionSolver
{
    /// <summary>Newton's method with conjugate gradients: the fewest passes over the data.</summary>
    TruncatedNewton,

    /// <summary>Limited-memory BFGS, with L1 regularization its orthant-wise form.</summary>
    Lbfgs,

    /// <summary>Averaged stochastic gradient descent: near the minimum after a few passes, for large data.</summary>
    Sgd,
}
