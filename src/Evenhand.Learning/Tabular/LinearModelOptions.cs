using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Linear;

namespace Evenhand.Learning.Tabular;

/// <summary>Options that linear models of features share.</summary>
public abstract record LinearModelOptions : LearnerOptions, ILinearOptions
{
    /// <summary>How the minimum is found.</summary>
    /// <value>TruncatedNewton</value>
    public LinearSolver Solver { get; init; } = LinearSolver.TruncatedNewton;

    /// <summary>Weight of half the squared coefficients (not of the intercepts), against the sum of the losses;
    /// scikit-learn's 1 / C.</summary>
    /// <value>1</value>
    [Range(1e-6, 1e6)]
    [SearchRange(0.01, 100, Log = true)]
    public double L2Regularization { get; init; } = 1;

    /// <summary>Weight of the absolute coefficients (not of the intercepts), against the sum of the losses; makes
    /// coefficients 0. Needs the solver lbfgs.</summary>
    /// <value>0</value>
    [Range(0.0, 1e6)]
    public double L1Regularization { get; init; }

    /// <summary>Whether columns that make the groups of the experiment are features too. Without it those columns are left
    /// out, and so is each column from which alone such a group can be told, such as the age where groups are age bands.
    /// What several columns tell together is not looked for.</summary>
    /// <value>false</value>
    public bool UseGroupAttributes { get; init; }

    /// <summary>Most iterations of the solver.</summary>
    /// <value>200</value>
    [Range(1, 100_000)]
    public int NumberOfIterations { get; init; } = 200;

    /// <summary>The solver stops once no element of the gradient, divided by the sum of the rows' weights, exceeds
    /// this.</summary>
    /// <value>0.0000001</value>
    [Range(1e-12, 1.0)]
    public double OptimizationTolerance { get; init; } = 1e-7;

    LogisticRegressionSolver ILinearOptions.Solver =>
        Solver == LinearSolver.Lbfgs ? LogisticRegressionSolver.Lbfgs : LogisticRegressionSolver.TruncatedNewton;

    ClassWeighting ILinearOptions.ClassWeights => Weighting;

    int ILinearOptions.HistorySize => 10;

    double ILinearOptions.LearningRate => 1;

    private protected virtual ClassWeighting Weighting => ClassWeighting.None;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Contradictions()
    {
        foreach (var problem in base.Contradictions())
        {
            yield return problem;
        }

        if (L1Regularization > 0 && Solver != LinearSolver.Lbfgs)
        {
            yield return Invalid(nameof(L1Regularization), L1Regularization, "0 unless solver is lbfgs");
        }
    }
}
