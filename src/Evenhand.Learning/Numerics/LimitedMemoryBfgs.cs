namespace Evenhand.Learning;

/// <summary>Minimizes a smooth function by the limited-memory BFGS method.</summary>
/// <remarks>
/// J. Nocedal, S. Wright, "Numerical Optimization", 2nd edition 2006: algorithm 7.4 (two loops) and 7.5, with a line search for
/// the strong Wolfe conditions (algorithms 3.5 and 3.6, by bisection).
/// </remarks>
internal sealed class LimitedMemoryBfgs
{
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MostEvaluationsOfSearch = 40;

    private readonly Func<double[], double[], double> _evaluate;
    private readonly int _size;
    private readonly List<(double[] Move, double[] Change, double Product)> _pairs = new(Memory);

    /// <param name="size">Number of variables.</param>
    /// <param name="evaluate">Gives the value at a point and writes the gradient to its second argument.</param>
    public LimitedMemoryBfgs(int size, Func<double[], double[], double> evaluate)
    {
        _size = size;
        _evaluate = evaluate;
    }

    /// <summary>Moves <paramref name="point"/> to a minimum.</summary>
    /// <param name="point">Where to start; receives the result.</param>
    /// <param name="iterations">Most iterations.</param>
    /// <param name="tolerance">Stops once no element of the gradient exceeds this in size.</param>
    /// <param name="onIteration">Told the number of each finished iteration, from 1.</param>
    /// <returns>The value at the result.</returns>
    public double Minimize(double[] point, int iterations, double tolerance, Action<int> onIteration)
    {
        var gradient = new double[_size];
        var value = _evaluate(point, gradient);
        var direction = new double[_size];
        for (var iteration = 1; iteration <= iterations && Largest(gradient) > tolerance; iteration++)
        {
            SetDirection(gradient, direction);
            var slope = Dot(gradient, direction);
            if (slope >= 0)
            {
                // Rounding has spoiled the curvature estimates; go on from the steepest descent.
                _pairs.Clear();
                SetDirection(gradient, direction);
                slope = Dot(gradient, direction);
            }

            var first = _pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1;
            if (!Search(point, value, direction, slope, first, out var next))
            {
                break;
            }

            Remember(point, gradient, next);
            next.Point.CopyTo(point, 0);
            next.Gradient.CopyTo(gradient, 0);
            value = next.Value;
            onIteration(iteration);
        }

        return value;
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

    private static double Largest(double[] x)
    {
        var largest = 0.0;
        foreach (var element in x)
        {
            largest = Math.Max(largest, Math.Abs(element));
        }

        return largest;
    }

    private void SetDirection(double[] gradient, double[] direction)
    {
        for (var i = 0; i < _size; i++)
        {
            direction[i] = -gradient[i];
        }

        Span<double> shares = stackalloc double[Memory];
        for (var p = _pairs.Count - 1; p >= 0; p--)
        {
            var (move, change, product) = _pairs[p];
            shares[p] = Dot(move, direction) / product;
            AddScaled(-shares[p], change, direction);
        }

        if (_pairs.Count > 0)
        {
            var (_, change, product) = _pairs[^1];
            var scale = product / Dot(change, change);
            for (var i = 0; i < _size; i++)
            {
                direction[i] *= scale;
            }
        }

        for (var p = 0; p < _pairs.Count; p++)
        {
            var (move, change, product) = _pairs[p];
            AddScaled(shares[p] - (Dot(change, direction) / product), move, direction);
        }
    }

    private static void AddScaled(double a, double[] x, double[] y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    private void Remember(double[] point, double[] gradient, in Place next)
    {
        var move = new double[_size];
        var change = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            move[i] = next.Point[i] - point[i];
            change[i] = next.Gradient[i] - gradient[i];
        }

        var product = Dot(move, change);
        if (product <= 0)
        {
            return;
        }

        if (_pairs.Count == Memory)
        {
            _pairs.RemoveAt(0);
        }

        _pairs.Add((move, change, product));
    }

    // Widens the bracket until it holds a point with the strong Wolfe conditions, then halves it.
    private bool Search(
        double[] point, double value, double[] direction, double slope, double first, out Place next)
    {
        next = new Place(new double[_size], new double[_size], value);
        var (low, high, step) = (0.0, double.PositiveInfinity, first);
        for (var evaluation = 0; evaluation < MostEvaluationsOfSearch; evaluation++)
        {
            for (var i = 0; i < _size; i++)
            {
                next.Point[i] = point[i] + (step * direction[i]);
            }

            next = next with { Value = _evaluate(next.Point, next.Gradient) };
            var slopeThere = Dot(next.Gradient, direction);
            if (!(next.Value <= value + (SufficientDecrease * step * slope)))
            {
                high = step;
            }
            else if (slopeThere < Curvature * slope)
            {
                low = step;
            }
            else if (slopeThere > -Curvature * slope)
            {
                high = step;
            }
            else
            {
                return true;
            }

            step = double.IsInfinity(high) ? 2 * step : (low + high) / 2;
        }

        // Flat to the last digit: the minimum as far as numbers can tell, if it is no worse than the start.
        return next.Value < value;
    }

    private readonly record struct Place(double[] Point, double[] Gradient, double Value);
}
