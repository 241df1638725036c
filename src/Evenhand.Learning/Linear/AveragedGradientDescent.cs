using System.Runtime.CompilerServices;
using Evenhand.Configuration.Randomness;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Linear;

/// <summary>Minimizes a regularized logistic loss by stochastic gradient descent with averaged weights.</summary>
/// <remarks>
/// <para>Step t is <c>a (1 + a L t)^-0.75</c> for a first step a and regularization L of one text; the weights are
/// averaged since the last power of two of the passes (L. Bottou, "Stochastic gradient descent tricks", in Neural
/// Networks: Tricks of the Trade, 2012; B. Polyak, A. Juditsky, "Acceleration of stochastic approximation by
/// averaging", SIAM J. Control and Optimization 30, 1992).</para>
/// <para>So that a step touches the features of its text only, weights are <c>s u</c> with a scale s that takes the
/// regularization, and the sum of all weights so far is <c>S u - v</c> with S the sum of the scales.</para>
/// </remarks>
internal sealed class AveragedGradientDescent
{
    private const double StepDecay = 0.75;
    private const double LeastScale = 1e-9;
    private const int RowsOfPoll = 1024;

    private readonly LinearProblem _problem;
    private readonly double[] _vector;
    private readonly double[] _correction;
    private readonly double[] _intercepts;
    private readonly double[] _interceptSums;
    private readonly double[] _residuals;
    private readonly double[] _scores;
    private readonly double _firstStep;
    private readonly double _regularization;
    private readonly double _meanWeight;
    private double _scale = 1;
    private double _scaleSum;
    private long _averaged;
    private long _steps;

    private AveragedGradientDescent(LinearProblem problem)
    {
        _problem = problem;
        _vector = new double[problem.WeightCount];
        _correction = new double[problem.WeightCount];
        _intercepts = new double[problem.Width];
        _interceptSums = new double[problem.Width];
        _residuals = new double[problem.Width];
        _scores = new double[problem.Width];
        var weights = problem.Loss.Weights;
        _meanWeight = weights.Sum() / weights.Length;
        _regularization = problem.Options.L2Regularization / weights.Sum();
        var squares = MeanSquaredLength(problem.Rows);
        _firstStep = problem.Options.LearningRate / (squares > 0 ? squares : 1);
    }

    /// <summary>A point near the least loss.</summary>
    /// <param name="problem">The loss.</param>
    /// <param name="seeds">Decide the order of the texts.</param>
    /// <param name="progress">Told of each pass.</param>
    /// <param name="report">Told of each iteration, with the point; null for nobody.</param>
    /// <exception cref="DivergenceException">The weights left the finite numbers.</exception>
    public static double[] Minimize(
        LinearProblem problem, SeedTree seeds, Action<int>? progress, SolverReport? report = null)
    {
        var descent = new AveragedGradientDescent(problem);
        var random = seeds.Fork("sgd").CreateRandom();
        var scores = new double[problem.ScoreCount];
        var (point, gradient) = (new double[problem.Size], new double[problem.Size]);
        for (var pass = 1; pass <= problem.Options.NumberOfIterations; pass++)
        {
            if (int.IsPow2(pass))
            {
                descent.RestartAverage();
            }

            descent.Pass(random.NextPermutation(problem.Rows.RowCount));
            descent.SetAverage(point);
            problem.Scores(point, scores);
            problem.Gradient(scores, point, gradient);
            var largest = DoubleVectors.Largest(gradient);
            if (!double.IsFinite(largest) || gradient.Any(double.IsNaN))
            {
                throw new DivergenceException(
                    $"The weights left the finite numbers in pass {pass}; a smaller learningRate helps.");
            }

            report?.Invoke(pass, point, problem.Value(scores, point));
            if (largest <= problem.Tolerance)
            {
                break;
            }

            progress?.Invoke(pass);
        }

        return point;
    }

    private static double MeanSquaredLength(SparseMatrix rows)
    {
        var sum = 0.0;
        for (var row = 0; row < rows.RowCount; row++)
        {
            foreach (var value in rows.ValuesOf(row))
            {
                sum += (double)value * value;
            }
        }

        return sum / rows.RowCount;
    }

    private void RestartAverage()
    {
        _correction.AsSpan().Clear();
        _interceptSums.AsSpan().Clear();
        (_scaleSum, _averaged) = (0, 0);
    }

    private void SetAverage(double[] point)
    {
        for (var i = 0; i < _vector.Length; i++)
        {
            point[i] = ((_scaleSum * _vector[i]) - _correction[i]) / _averaged;
        }

        for (var c = 0; c < _intercepts.Length; c++)
        {
            point[_vector.Length + c] = _interceptSums[c] / _averaged;
        }
    }

    private void Pass(int[] order)
    {
        for (var from = 0; from < order.Length; from += RowsOfPoll)
        {
            _problem.CancellationToken.ThrowIfCancellationRequested();
            foreach (var row in order.AsSpan(from, Math.Min(RowsOfPoll, order.Length - from)))
            {
                Step(row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(int row)
    {
        var width = _scores.Length;
        var columns = _problem.Rows.ColumnsOf(row);
        var values = _problem.Rows.ValuesOf(row);
        _scores.AsSpan().Clear();
        for (var i = 0; i < columns.Length; i++)
        {
            var weights = _vector.AsSpan(columns[i] * width, width);
            for (var c = 0; c < width; c++)
            {
                _scores[c] += values[i] * weights[c];
            }
        }

        for (var c = 0; c < width; c++)
        {
            _scores[c] = (_scale * _scores[c]) + _intercepts[c];
        }

        _problem.Loss.Residuals(row, _scores, _residuals);
        var step = _firstStep * Math.Pow(1 + (_firstStep * _regularization * _steps++), -StepDecay);
        _scale /= 1 + (step * _regularization);
        var share = step * _problem.Loss.Weights[row] / _meanWeight;
        for (var i = 0; i < columns.Length; i++)
        {
            var weights = _vector.AsSpan(columns[i] * width, width);
            var corrections = _correction.AsSpan(columns[i] * width, width);
            for (var c = 0; c < width; c++)
            {
                var change = share * _residuals[c] * values[i] / _scale;
                weights[c] -= change;
                corrections[c] -= _scaleSum * change;
            }
        }

        for (var c = 0; c < width; c++)
        {
            _intercepts[c] -= share * _residuals[c];
            _interceptSums[c] += _intercepts[c];
        }

        _scaleSum += _scale;
        _averaged++;
        if (_scale < LeastScale)
        {
            Rescale();
        }
    }

    private void Rescale()
    {
        foreach (ref var element in _vector.AsSpan())
        {
            element *= _scale;
        }

        _scaleSum /= _scale;
        _scale = 1;
    }
}
