using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Learning.Classes;
using Evenhand.Learning.Linear;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Text.LogisticRegression;

/// <summary>Options of <see cref="LogisticRegressionLearner"/>.</summary>
public sealed record LogisticRegressionOptions : TextFeatureOptions, ILinearOptions
{
    /// <summary>How the minimum is found.</summary>
    /// <value>TruncatedNewton</value>
    public LogisticRegressionSolver Solver { get; init; } = LogisticRegressionSolver.TruncatedNewton;

    /// <summary>Weight of half the squared coefficients (not of the intercepts), against the sum of the losses;
    /// scikit-learn's 1 / C.</summary>
    /// <value>0.05</value>
    [Range(1e-6, 1e6)]
    [SearchRange(0.01, 2, Log = true)]
    public double L2Regularization { get; init; } = 0.05;

    /// <summary>Weight of the absolute coefficients (not of the intercepts), against the sum of the losses; makes
    /// coefficients 0. Needs the solver lbfgs.</summary>
    /// <value>0</value>
    [Range(0.0, 1e6)]
    public double L1Regularization { get; init; }

    /// <summary>How the classes weigh; where a text has any number of labels, having each label against not having
    /// it.</summary>
    /// <value>None</value>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>Most iterations of the solver; passes over the texts for sgd.</summary>
    /// <value>100</value>
    [Range(1, 100_000)]
    public int NumberOfIterations { get; init; } = 100;

    /// <summary>The solver stops once no element of the gradient, divided by the sum of the rows' weights, exceeds
    /// this.</summary>
    /// <value>0.00001</value>
    [Range(1e-12, 1.0)]
    public double OptimizationTolerance { get; init; } = 1e-5;

    /// <summary>How many past steps are known.</summary>
    /// <value>10</value>
    [When(nameof(Solver), LogisticRegressionSolver.Lbfgs)]
    [Range(1, 1000)]
    public int HistorySize { get; init; } = 10;

    /// <summary>First step, for a text of mean weight and mean squared length of its features.</summary>
    /// <value>1</value>
    [When(nameof(Solver), LogisticRegressionSolver.Sgd)]
    [Range(1e-6, 100.0)]
    public double LearningRate { get; init; } = 1;

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> Contradictions()
    {
        foreach (var problem in base.Contradictions())
        {
            yield return problem;
        }

        if (L1Regularization > 0 && Solver != LogisticRegressionSolver.Lbfgs)
        {
            yield return Invalid(nameof(L1Regularization), L1Regularization, "0 unless solver is lbfgs");
        }
    }
}
