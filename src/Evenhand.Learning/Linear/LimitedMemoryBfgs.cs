using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Linear;

/// <summary>Minimizes a regularized logistic loss by limited-memory BFGS; with absolute weights in the loss by its
/// orthant-wise form.</summary>
/// <remarks>D. Liu, J. Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical
/// Programming 45, 1989; G. Andrew, J. Gao, "Scalable training of L1-regularized log-linear models", ICML
/// 2007.</remarks>
internal sealed class LimitedMemoryBfgs
{
    // A pair whose curvature is below this, against its length, says nothing.
    private const double LeastCurvature = 1e-12;

    private readonly LinearProblem _problem;
    private readonly double _l1;
    private readonly List<(double[] Step, double[] Change, double Curvature)> _pairs = [];

    private LimitedMemoryBfgs(LinearProblem problem)
    {
        _problem = problem;
        _l1 = problem.Options.L1Regularization;
    }

    /// <summary>The point of the least loss.</summary>
    /// <param name="problem">The loss.</param>
    /// <param name="progress">Told of each iteration.</param>
    /// <param name="start">Where to begin; null for 0.</param>
    /// <param name="report">Told of each iteration, with the point; null for nobody.</param>
    public static double[] Minimize(
        LinearProblem problem, Action<int>? progress, double[]? start = null, SolverReport? report = null) =>
        new LimitedMemoryBfgs(problem).Minimize(progress, start, report);

    private double[] Minimize(Action<int>? progress, double[]? start, SolverReport? report)
    {
        var search = new LineSearch(_problem, start);
        var gradient = new double[_problem.Size];
        var pseudo = _l1 > 0 ? new double[_problem.Size] : gradient;
        var orthant = new double[_l1 > 0 ? _problem.WeightCount : 0];
        var directionScores = new double[_l1 > 0 ? 0 : _problem.ScoreCount];
        var reported = 0;
        _problem.Gradient(search.Scores, search.Point, gradient);
        for (var iteration = 1; iteration <= _problem.Options.NumberOfIterations; iteration++)
        {
            SetPseudoGradient(search.Point, gradient, pseudo, orthant);
            if (DoubleVectors.Largest(pseudo) <= _problem.Tolerance)
            {
                break;
            }

            var (point, before) = ((double[])search.Point.Clone(), (double[])gradient.Clone());
            var direction = Direction(pseudo);
            var first = _pairs.Count > 0 ? 1 : 1 / Math.Sqrt(DoubleVectors.Dot(pseudo, pseudo));
            if (!Move(search, direction, pseudo, orthant, directionScores, first))
            {
                // The loss is flat to the last digit, or the pairs mislead: then the gradient itself is tried.
                if (_pairs.Count == 0)
                {
                    break;
                }

                _pairs.Clear();
                continue;
            }

            _problem.Gradient(search.Scores, search.Point, gradient);
            Remember(point, search.Point, before, gradient);
            progress?.Invoke(iteration);
            report?.Invoke(++reported, search.Point, search.Loss);
        }

        return search.Point;
    }

    private bool Move(
        LineSearch search,
        double[] direction,
        double[] pseudo,
        double[] orthant,
        double[] directionScores,
        double step)
    {
        if (_l1 == 0)
        {
            _problem.Scores(direction, directionScores);
            return search.Move(direction, directionScores, DoubleVectors.Dot(pseudo, direction), step);
        }

        // The direction keeps the signs of steepest descent.
        for (var i = 0; i < orthant.Length; i++)
        {
            if (direction[i] * pseudo[i] >= 0)
            {
                direction[i] = 0;
            }
        }

        return search.MoveWithin(direction, orthant, pseudo, step);
    }

    // The subgradient of least length, and the signs that weights may have as they move against it.
    private void SetPseudoGradient(double[] point, double[] gradient, double[] pseudo, double[] orthant)
    {
        if (_l1 == 0)
        {
            return;
        }

        gradient.CopyTo(pseudo, 0);
        for (var i = 0; i < orthant.Length; i++)
        {
            pseudo[i] = point[i] != 0
                ? gradient[i] + (_l1 * Math.Sign(point[i]))
                : Math.Min(gradient[i] + _l1, 0) + Math.Max(gradient[i] - _l1, 0);
            orthant[i] = point[i] != 0 ? Math.Sign(point[i]) : -Math.Sign(pseudo[i]);
        }
    }

    private double[] Direction(double[] gradient)
    {
        var direction = Array.ConvertAll(gradient, g => -g);
        var shares = new double[_pairs.Count];
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            var (step, change, curvature) = _pairs[i];
            shares[i] = DoubleVectors.Dot(step, direction) / curvature;
            DoubleVectors.AddScaled(-shares[i], change, direction);
        }

        if (_pairs.Count > 0)
        {
            var (_, change, curvature) = _pairs[^1];
            var scale = curvature / DoubleVectors.Dot(change, change);
            foreach (ref var element in direction.AsSpan())
            {
                element *= scale;
            }
        }

        for (var i = 0; i < _pairs.Count; i++)
        {
            var (step, change, curvature) = _pairs[i];
            DoubleVectors.AddScaled(shares[i] - (DoubleVectors.Dot(change, direction) / curvature), step, direction);
        }

        return direction;
    }

    private void Remember(double[] from, double[] to, double[] gradientFrom, double[] gradientTo)
    {
        // Both arrays are this pair's from here on.
        var (step, change) = (from, gradientFrom);
        for (var i = 0; i < step.Length; i++)
        {
            step[i] = to[i] - from[i];
            change[i] = gradientTo[i] - gradientFrom[i];
        }

        var curvature = DoubleVectors.Dot(step, change);
        if (curvature > LeastCurvature * DoubleVectors.Dot(step, step))
        {
            if (_pairs.Count == _problem.Options.HistorySize)
            {
                _pairs.RemoveAt(0);
            }

            _pairs.Add((step, change, curvature));
        }
    }
}
