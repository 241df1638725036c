using Evenhand.Data;
using Evenhand.Learning.Linear;

namespace Evenhand.Learning.Tabular.LinearRegression;

/// <summary>Fits a number to a row of features by regularized least squares.</summary>
/// <remarks>
/// <para>Features are standardized numbers, a 0 or 1 for each category, and one for the missing values of each column that
/// has them; the label is standardized too, so that the regularization does not depend on its unit. Minimizes <c>sum of
/// s / 2 (x.w + b - y)^2 + L2Regularization / 2 |w|^2 + L1Regularization |w|_1</c> with weights s of rows: ridge
/// regression, with L1 the elastic net.</para>
/// <para>A. Hoerl, R. Kennard, "Ridge regression", Technometrics 12(1), 1970; H. Zou, T. Hastie, "Regularization and
/// variable selection via the elastic net", JRSS B 67(2), 2005.</para>
/// </remarks>
/// <param name="options">Regularization and solver.</param>
public sealed class LinearRegressionLearner(LinearRegressionOptions options)
    : Learner<LinearRegressionOptions>(options)
{
    internal const string Name = "linear-regression";

    /// <summary>What a registry knows of it.</summary>
    public static LearnerDescriptor Descriptor { get; } = LearnerDescriptor.Of<LinearRegressionOptions>(
        Name,
        "Regularized least squares over numbers and categories.",
        [TaskKind.TabularRegression],
        options => new LinearRegressionLearner(options),
        LinearRegressionModel.Read);

    /// <inheritdoc/>
    protected override Model FitCore(Dataset train, FitContext context)
    {
        var label = TrainingColumns.NumericLabel(train, Name).Values.ToArray();
        var weights = TrainingColumns.Weights(train)?.Values.ToArray();
        if (weights is null)
        {
            weights = new double[label.Length];
            Array.Fill(weights, 1);
        }

        var features = TabularFeatures.Fit(train, Options.UseGroupAttributes, Name);
        var mean = label.Average();
        var deviation = Math.Sqrt(label.Average(y => (y - mean) * (y - mean)));
        deviation = deviation > 0 ? deviation : 1;
        var loss = new SquaredLoss(Array.ConvertAll(label, y => (y - mean) / deviation), weights);
        Model Of(double[] coefficients, double[] intercepts) =>
            new LinearRegressionModel(Options, features, coefficients, intercepts, mean, deviation);
        var (coefficients, intercepts) = LogisticRegressionFit.Fit(
            features.Transform(train, Name), loss, Options, context, Of);
        return Of(coefficients, intercepts);
    }
}
