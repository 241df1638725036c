using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Minimizes the regularized logistic loss of given rows.</summary>
internal static class LogisticRegressionKernel
{
    /// <param name="rows">Inputs, one row an example.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <param name="weights">Weight of each row's loss.</param>
    /// <param name="options">Regularization, iterations and tolerance.</param>
    /// <param name="context">Cancellation, progress and threads.</param>
    public static (double[] Coefficients, double Intercept) Fit(
        SparseMatrix rows,
        bool[] positives,
        double[] weights,
        LogisticRegressionOptions options,
        FitContext context)
    {
        var columns = rows.Transpose();
        var size = rows.ColumnCount;
        var margins = new double[rows.RowCount];
        var residuals = new double[rows.RowCount];
        var coefficients = new double[size];
        var slopes = new double[size];

        // The last variable is the intercept, which is not regularized.
        double Evaluate(double[] point, double[] gradient)
        {
            Array.Copy(point, coefficients, size);
            rows.Multiply(coefficients, margins, context.Threads, context.CancellationToken);
            var loss = 0.0;
            var slope = 0.0;
            for (var row = 0; row < margins.Length; row++)
            {
                var margin = margins[row] + point[size];
                loss += weights[row] * SoftPlus(positives[row] ? -margin : margin);
                residuals[row] = weights[row] * (Sigmoid(margin) - (positives[row] ? 1 : 0));
                slope += residuals[row];
            }

            columns.Multiply(residuals, slopes, context.Threads, context.CancellationToken);
            var squares = 0.0;
            for (var column = 0; column < size; column++)
            {
                squares += point[column] * point[column];
                gradient[column] = slopes[column] + (options.L2Regularization * point[column]);
            }

            gradient[size] = slope;
            return loss + (0.5 * options.L2Regularization * squares);
        }

        var solution = new double[size + 1];
        new LimitedMemoryBfgs(size + 1, Evaluate).Minimize(
            solution,
            options.NumberOfIterations,
            options.OptimizationTolerance * weights.Sum(),
            iteration => context.Progress?.Invoke(
                new WorkProgress(iteration, options.NumberOfIterations, "iterations")));
        return (solution[..size], solution[size]);
    }

    /// <summary>1 / (1 + exp(-x)), without overflow.</summary>
    public static double Sigmoid(double x)
    {
        var small = Math.Exp(-Math.Abs(x));
        return (x >= 0 ? 1 : small) / (1 + small);
    }

    // ln(1 + exp(x)), without overflow.
    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
