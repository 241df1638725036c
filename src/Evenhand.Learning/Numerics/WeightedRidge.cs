namespace Evenhand.Learning.Numerics;

/// <summary>Linear regression with weights of rows, an intercept and an L2 penalty on the coefficients, from rows that
/// are seen once.</summary>
/// <remarks>Minimizes <c>sum of w (y - b - x.c)^2 + penalty |c|^2</c>. Only the moments are kept, so that fits with
/// other penalties, or to some of the columns, need no second pass.</remarks>
internal sealed class WeightedRidge
{
    private readonly int _columns;
    private readonly int _stride;
    private readonly double[] _row;
    private readonly double[] _sums;
    private readonly double[] _products;
    private readonly double[] _squares;
    private double _weight;
    private double _target;
    private double _targetSquares;

    public WeightedRidge(int columns)
    {
        _columns = columns;
        _stride = DoubleVectors.PaddedLength(columns);
        _row = new double[_stride];
        _sums = new double[_stride];
        _products = new double[_stride];
        _squares = new double[(long)columns * _stride];
    }

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<double> x, double y, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, _columns);
        x.CopyTo(_row);
        _weight += weight;
        _target += weight * y;
        _targetSquares += weight * y * y;
        DoubleVectors.AddScaledPadded(weight, _row, _sums);
        DoubleVectors.AddScaledPadded(weight * y, _row, _products);
        for (var column = 0; column < _columns; column++)
        {
            if (x[column] != 0)
            {
                // The half behind the diagonal is enough; it starts at a whole vector.
                var from = column / DoubleVectors.PaddedLength(1) * DoubleVectors.PaddedLength(1);
                DoubleVectors.AddScaledPadded(
                    weight * x[column], _row.AsSpan(from), _squares.AsSpan(Index(column, from), _stride - from));
            }
        }
    }

    /// <summary>The coefficients of some columns where the others are left out.</summary>
    /// <param name="penalty">Positive.</param>
    /// <param name="columns">The columns, ascending.</param>
    /// <param name="cancellationToken">Polled for each column.</param>
    public RidgeFit Solve(double penalty, ReadOnlySpan<int> columns, CancellationToken cancellationToken)
    {
        var n = columns.Length;
        var mean = _target / _weight;
        var targets = new double[n];
        var centred = new double[n][];
        for (var i = 0; i < n; i++)
        {
            var own = columns[i];
            centred[i] = new double[i + 1];
            targets[i] = _products[own] - (_sums[own] * mean);
            for (var j = 0; j <= i; j++)
            {
                centred[i][j] = _squares[Index(columns[j], own)] - (_sums[own] * _sums[columns[j]] / _weight);
            }
        }

        var coefficients = Solve(centred, targets, penalty, cancellationToken);
        var intercept = mean;
        var (explained, square) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            intercept -= coefficients[i] * _sums[columns[i]] / _weight;
            explained += coefficients[i] * targets[i];
            square += coefficients[i] * coefficients[i] * centred[i][i];
            for (var j = 0; j < i; j++)
            {
                square += 2 * coefficients[i] * coefficients[j] * centred[i][j];
            }
        }

        // |y - Xc|^2 = |y|^2 - 2 c.X'y + c.X'Xc, all centred. Targets that differ by no more than rounding are a
        // constant, which the intercept fits.
        var total = _targetSquares - (_target * mean);
        var constant = total <= 1e-14 * _targetSquares;
        return new RidgeFit(coefficients, intercept, constant ? 1 : 1 - ((total - (2 * explained) + square) / total));
    }

    // Cholesky factorization of matrix + penalty, row by row; both solves.
    private static double[] Solve(
        double[][] matrix, double[] targets, double penalty, CancellationToken cancellationToken)
    {
        var n = targets.Length;
        var lower = new double[n][];
        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lower[i] = new double[i + 1];
            for (var j = 0; j < i; j++)
            {
                lower[i][j] = (matrix[i][j] - DoubleVectors.Dot(lower[i].AsSpan(0, j), lower[j])) / lower[j][j];
            }

            // Rounding alone can make the rest smaller than the penalty.
            var left = lower[i].AsSpan(0, i);
            lower[i][i] = Math.Sqrt(Math.Max(penalty, matrix[i][i] + penalty - DoubleVectors.Dot(left, left)));
            x[i] = (targets[i] - DoubleVectors.Dot(left, x)) / lower[i][i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            x[i] /= lower[i][i];
            for (var k = 0; k < i; k++)
            {
                x[k] -= lower[i][k] * x[i];
            }
        }

        return x;
    }

    // In the half behind the diagonal: row <= column, or both in one vector.
    private int Index(int row, int column) => checked((row * _stride) + column);
}

/// <summary>A fitted linear function.</summary>
/// <param name="Coefficients">One for each column of the fit.</param>
/// <param name="Intercept">The constant.</param>
/// <param name="Fit">Share of the targets' weighted variance that is accounted for (R2); at most 1.</param>
internal sealed record RidgeFit(double[] Coefficients, double Intercept, double Fit);
