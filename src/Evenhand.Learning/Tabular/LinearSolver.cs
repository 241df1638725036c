namespace Evenhand.Learning.Tabular;

/// <summary>How the minimum of the loss of a linear model is found.</summary>
public enum LinearSolver
{
    /// <summary>Newton's method with conjugate gradients; the fastest without L1 regularization.</summary>
    TruncatedNewton,

    /// <summary>Limited-memory BFGS; takes L1 regularization (OWL-QN).</summary>
    Lbfgs,
}
