using Evenhand.Data;

namespace Evenhand.Learning;

/// <summary>Minimizes the regularized logistic loss of given rows by a truncated Newton method.</summary>
/// <remarks>
/// The Newton direction comes from conjugate gradients with the diagonal of the Hessian as preconditioner, only as
/// exact as the gradient calls for; its step is halved until the loss falls enough (S. Nash, "A survey of
/// truncated-Newton methods", J. Computational and Applied Mathematics 124, 2000; J. Nocedal, S. Wright, "Numerical
/// Optimization", 2006, algorithm 7.1). The margins move linearly with the step, so the search touches no feature.
/// The last variable is the intercept.
/// </remarks>
internal sealed class LogisticRegressionKernel
{
    private const double SufficientDecrease = 1e-4;
    private const double LargestForcingTerm = 0.25;
    private const int MostHalvings = 50;
    private const int MostConjugateSteps = 500;

    private readonly SparseMatrix _rows;
    private readonly SparseMatrix _columns;
    private readonly bool[] _positives;
    private readonly double[] _weights;
    private readonly double _lambda;
    private readonly FitContext _context;
    private readonly double[] _margins;
    private readonly double[] _curvatures;
    private readonly double[] _residuals;

    private LogisticRegressionKernel(
        SparseMatrix rows, bool[] positives, double[] weights, double lambda, FitContext context)
    {
        _rows = rows;
        _columns = rows.Transpose();
        _positives = positives;
        _weights = weights;
        _lambda = lambda;
        _context = context;
        _margins = new double[rows.RowCount];
        _curvatures = new double[rows.RowCount];
        _residuals = new double[rows.RowCount];
    }

    private int Intercept => _rows.ColumnCount;

    /// <param name="rows">Inputs, one row an example.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <param name="weights">Weight of each row's loss.</param>
    /// <param name="options">Regularization, iterations and tolerance.</param>
    /// <param name="context">Cancellation, progress and threads.</param>
    /// <returns>One coefficient for each column, and the intercept.</returns>
    public static (double[] Coefficients, double Intercept) Fit(
        SparseMatrix rows,
        bool[] positives,
        double[] weights,
        LogisticRegressionOptions options,
        FitContext context)
    {
        var kernel = new LogisticRegressionKernel(rows, positives, weights, options.L2Regularization, context);
        var point = kernel.Minimize(options.NumberOfIterations, options.OptimizationTolerance * weights.Sum());
        return (point[..kernel.Intercept], point[kernel.Intercept]);
    }

    private double[] Minimize(int iterations, double tolerance)
    {
        var point = new double[Intercept + 1];
        var gradient = new double[point.Length];
        var margins = new double[_rows.RowCount];
        var loss = Loss(_margins, point);
        var firstNorm = 0.0;
        for (var iteration = 1; iteration <= iterations; iteration++)
        {
            SetGradient(point, gradient);
            var largest = gradient.Max(Math.Abs);
            if (largest <= tolerance)
            {
                break;
            }

            var norm = Math.Sqrt(Dot(gradient, gradient));
            firstNorm = iteration == 1 ? norm : firstNorm;
            var forcing = Math.Min(LargestForcingTerm, Math.Sqrt(norm / firstNorm));
            var direction = Direction(gradient, forcing * norm);
            Multiply(direction, margins);
            if (!Step(point, margins, direction, Dot(gradient, direction), ref loss))
            {
                // Flat to the last digit.
                break;
            }

            _context.Progress?.Invoke(new WorkProgress(iteration, iterations, "iterations"));
        }

        return point;
    }

    private bool Step(double[] point, double[] margins, double[] direction, double slope, ref double loss)
    {
        var there = new double[point.Length];
        var marginsThere = new double[margins.Length];
        var step = 1.0;
        for (var halving = 0; halving < MostHalvings; halving++, step /= 2)
        {
            point.CopyTo(there, 0);
            AddScaled(step, direction, there);
            _margins.CopyTo(marginsThere, 0);
            AddScaled(step, margins, marginsThere);
            var lossThere = Loss(marginsThere, there);
            if (lossThere < loss && lossThere <= loss + (SufficientDecrease * step * slope))
            {
                there.CopyTo(point, 0);
                marginsThere.CopyTo(_margins, 0);
                loss = lossThere;
                return true;
            }
        }

        return false;
    }

    private double Loss(double[] margins, double[] point)
    {
        var loss = 0.0;
        for (var row = 0; row < margins.Length; row++)
        {
            // ln(1 + exp(x)), without overflow.
            var x = _positives[row] ? -margins[row] : margins[row];
            loss += _weights[row] * (Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))));
        }

        return loss + (0.5 * _lambda * (Dot(point, point) - (point[Intercept] * point[Intercept])));
    }

    private void SetGradient(double[] point, double[] gradient)
    {
        for (var row = 0; row < _margins.Length; row++)
        {
            var probability = TextClasses.Sigmoid(_margins[row]);
            _residuals[row] = _weights[row] * (probability - (_positives[row] ? 1 : 0));
            _curvatures[row] = _weights[row] * probability * (1 - probability);
        }

        MultiplyTransposed(_residuals, gradient);
        for (var column = 0; column < Intercept; column++)
        {
            gradient[column] += _lambda * point[column];
        }
    }

    // Solves H d = -g until the residual is at most the tolerance.
    private double[] Direction(double[] gradient, double tolerance)
    {
        var size = gradient.Length;
        var diagonal = new double[size];
        _columns.WeighSquares(_curvatures, diagonal, _context.Threads, _context.CancellationToken);
        for (var column = 0; column < Intercept; column++)
        {
            diagonal[column] += _lambda;
        }

        diagonal[Intercept] = Math.Max(_curvatures.Sum(), double.Epsilon);
        var direction = new double[size];
        var residual = Array.ConvertAll(gradient, g => -g);
        var scaled = Divide(residual, diagonal);
        var search = (double[])scaled.Clone();
        var image = new double[size];
        var product = Dot(residual, scaled);
        for (var step = 0; step < MostConjugateSteps && Math.Sqrt(Dot(residual, residual)) > tolerance; step++)
        {
            SetHessianProduct(search, image);
            var curvature = Dot(search, image);
            if (curvature <= 0)
            {
                break;
            }

            var length = product / curvature;
            AddScaled(length, search, direction);
            AddScaled(-length, image, residual);
            scaled = Divide(residual, diagonal);
            var next = Dot(residual, scaled);
            for (var i = 0; i < size; i++)
            {
                search[i] = scaled[i] + (next / product * search[i]);
            }

            product = next;
        }

        return direction;
    }

    private void SetHessianProduct(double[] vector, double[] image)
    {
        Multiply(vector, _residuals);
        for (var row = 0; row < _residuals.Length; row++)
        {
            _residuals[row] *= _curvatures[row];
        }

        MultiplyTransposed(_residuals, image);
        for (var column = 0; column < Intercept; column++)
        {
            image[column] += _lambda * vector[column];
        }
    }

    private void Multiply(double[] vector, double[] result)
    {
        _rows.Multiply(vector, result, _context.Threads, _context.CancellationToken);
        foreach (ref var element in result.AsSpan())
        {
            element += vector[Intercept];
        }
    }

    private void MultiplyTransposed(double[] vector, double[] result)
    {
        _columns.Multiply(vector, result, _context.Threads, _context.CancellationToken);
        result[Intercept] = vector.Sum();
    }

    private static double[] Divide(double[] x, double[] y)
    {
        var quotients = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            quotients[i] = x[i] / y[i];
        }

        return quotients;
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    private static void AddScaled(double a, double[] x, double[] y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }
}
