using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Linear;

/// <summary>Where a solver stands, and how it moves: the step is halved until the loss falls enough (Armijo's
/// condition; J. Nocedal, S. Wright, "Numerical Optimization", 2006, algorithm 3.1).</summary>
internal sealed class LineSearch
{
    private const double SufficientDecrease = 1e-4;
    private const int MostHalvings = 50;

    private readonly LinearProblem _problem;
    private readonly double[] _there;
    private readonly double[] _scoresThere;

    /// <param name="problem">The loss.</param>
    /// <param name="start">Where it stands at first; null for 0.</param>
    public LineSearch(LinearProblem problem, double[]? start)
    {
        _problem = problem;
        _there = new double[problem.Size];
        _scoresThere = new double[problem.ScoreCount];
        Point = new double[problem.Size];
        Scores = new double[problem.ScoreCount];
        if (start is not null)
        {
            start.CopyTo(Point, 0);
            problem.Scores(Point, Scores);
        }

        Loss = problem.Value(Scores, Point);
        for (var i = 0; problem.Options.L1Regularization > 0 && i < problem.WeightCount; i++)
        {
            Loss += problem.Options.L1Regularization * Math.Abs(Point[i]);
        }
    }

    /// <summary>The point.</summary>
    public double[] Point { get; }

    /// <summary>The loss there, with its regularization.</summary>
    public double Loss { get; private set; }

    /// <summary>Its scores.</summary>
    public double[] Scores { get; }

    /// <summary>Moves along a direction.</summary>
    /// <param name="direction">Where to.</param>
    /// <param name="directionScores">Its scores.</param>
    /// <param name="slope">The derivative of the loss along it.</param>
    /// <param name="step">The step that is tried first.</param>
    /// <returns>Whether the loss fell; otherwise nothing moved.</returns>
    public bool Move(double[] direction, double[] directionScores, double slope, double step = 1)
    {
        for (var halving = 0; halving < MostHalvings; halving++, step /= 2)
        {
            Point.CopyTo(_there, 0);
            DoubleVectors.AddScaled(step, direction, _there);
            Scores.CopyTo(_scoresThere, 0);
            DoubleVectors.AddScaled(step, directionScores, _scoresThere);
            var loss = _problem.Value(_scoresThere, _there);
            if (loss < Loss && loss <= Loss + (SufficientDecrease * step * slope))
            {
                _there.CopyTo(Point, 0);
                _scoresThere.CopyTo(Scores, 0);
                Loss = loss;
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves along a direction, but not through 0: weights that would change their sign become 0. The loss
    /// takes in the absolute weights.</summary>
    /// <param name="direction">Where to.</param>
    /// <param name="orthant">The sign that each weight may have, 0 where it stays 0.</param>
    /// <param name="gradient">The pseudo-gradient.</param>
    /// <param name="step">The step that is tried first.</param>
    /// <returns>Whether the loss fell; otherwise nothing moved.</returns>
    public bool MoveWithin(double[] direction, double[] orthant, double[] gradient, double step)
    {
        for (var halving = 0; halving < MostHalvings; halving++, step /= 2)
        {
            var (slope, absolute) = (0.0, 0.0);
            for (var i = 0; i < _there.Length; i++)
            {
                var to = Point[i] + (step * direction[i]);
                _there[i] = i < _problem.WeightCount && to * orthant[i] <= 0 ? 0 : to;
                slope += gradient[i] * (_there[i] - Point[i]);
                absolute += i < _problem.WeightCount ? Math.Abs(_there[i]) : 0;
            }

            _problem.Scores(_there, _scoresThere);
            var loss = _problem.Value(_scoresThere, _there) + (_problem.Options.L1Regularization * absolute);
            if (loss < Loss && loss <= Loss + (SufficientDecrease * slope))
            {
                _there.CopyTo(Point, 0);
                _scoresThere.CopyTo(Scores, 0);
                Loss = loss;
                return true;
            }
        }

        return false;
    }
}
