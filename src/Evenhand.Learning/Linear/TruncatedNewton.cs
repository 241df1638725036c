using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Linear;

/// <summary>Minimizes a regularized logistic loss by a truncated Newton method.</summary>
/// <remarks>
/// The Newton direction comes from conjugate gradients with the diagonal of the Hessian as preconditioner, only as
/// exact as the gradient calls for; its step is halved until the loss falls enough (S. Nash, "A survey of
/// truncated-Newton methods", J. Computational and Applied Mathematics 124, 2000; J. Nocedal, S. Wright, "Numerical
/// Optimization", 2006, algorithm 7.1). The scores move linearly with the step, so the search touches no feature.
/// </remarks>
internal static class TruncatedNewton
{
    private const double LargestForcingTerm = 0.25;
    private const int MostConjugateSteps = 500;

    /// <summary>The point of the least loss.</summary>
    /// <param name="problem">The loss.</param>
    /// <param name="progress">Told of each iteration.</param>
    /// <param name="start">Where to begin; null for 0.</param>
    /// <param name="report">Told of each iteration, with the point; null for nobody.</param>
    public static double[] Minimize(
        LinearProblem problem, Action<int>? progress, double[]? start = null, SolverReport? report = null)
    {
        var search = new LineSearch(problem, start);
        var gradient = new double[problem.Size];
        var directionScores = new double[problem.ScoreCount];
        var firstNorm = 0.0;
        for (var iteration = 1; iteration <= problem.Options.NumberOfIterations; iteration++)
        {
            problem.Gradient(search.Scores, search.Point, gradient);
            if (DoubleVectors.Largest(gradient) <= problem.Tolerance)
            {
                break;
            }

            var norm = Math.Sqrt(DoubleVectors.Dot(gradient, gradient));
            firstNorm = iteration == 1 ? norm : firstNorm;
            var forcing = Math.Min(LargestForcingTerm, Math.Sqrt(norm / firstNorm));
            var direction = Direction(problem, gradient, forcing * norm, directionScores);
            problem.Scores(direction, directionScores);
            if (!search.Move(direction, directionScores, DoubleVectors.Dot(gradient, direction)))
            {
                // Flat to the last digit.
                break;
            }

            progress?.Invoke(iteration);
            report?.Invoke(iteration, search.Point, search.Loss);
        }

        return search.Point;
    }

    // Solves H d = -g until the residual is at most the tolerance.
    private static double[] Direction(LinearProblem problem, double[] gradient, double tolerance, double[] scores)
    {
        var size = gradient.Length;
        var diagonal = new double[size];
        problem.HessianDiagonal(diagonal);
        var direction = new double[size];
        var residual = Array.ConvertAll(gradient, g => -g);
        var scaled = new double[size];
        Divide(residual, diagonal, scaled);
        var search = (double[])scaled.Clone();
        var image = new double[size];
        var product = DoubleVectors.Dot(residual, scaled);
        for (var step = 0; step < MostConjugateSteps; step++)
        {
            if (Math.Sqrt(DoubleVectors.Dot(residual, residual)) <= tolerance)
            {
                break;
            }

            problem.MultiplyHessian(search, scores, image);
            var curvature = DoubleVectors.Dot(search, image);
            if (curvature <= 0)
            {
                break;
            }

            var length = product / curvature;
            DoubleVectors.AddScaled(length, search, direction);
            DoubleVectors.AddScaled(-length, image, residual);
            Divide(residual, diagonal, scaled);
            var next = DoubleVectors.Dot(residual, scaled);
            for (var i = 0; i < size; i++)
            {
                search[i] = scaled[i] + (next / product * search[i]);
            }

            product = next;
        }

        return direction;
    }

    private static void Divide(double[] x, double[] y, double[] quotients)
    {
        for (var i = 0; i < x.Length; i++)
        {
            quotients[i] = x[i] / y[i];
        }
    }
}
