using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Linear;

/// <summary>The regularized loss of a linear model: <c>loss of (X W + 1 b') + L2 / 2 |W|^2 + L1 |W|_1</c>.</summary>
/// <remarks>A point holds the weight of column j for score c at <c>j * width + c</c>, and behind all of these the
/// intercepts, which are not regularized. The absolute values are left to the solver. Not for use by two threads at
/// once.</remarks>
internal sealed class LinearProblem
{
    private readonly SparseMatrix _columns;
    private readonly FitContext _context;
    private readonly double[] _rowValues;

    /// <param name="rows">Features, one row a text.</param>
    /// <param name="columns">Their transpose.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="options">Regularization, iterations and tolerance.</param>
    /// <param name="context">Cancellation and threads.</param>
    public LinearProblem(
        SparseMatrix rows,
        SparseMatrix columns,
        ScoreLoss loss,
        ILinearOptions options,
        FitContext context)
    {
        Rows = rows;
        _columns = columns;
        Loss = loss;
        Options = options;
        _context = context;
        Width = loss.Width;
        WeightCount = rows.ColumnCount * Width;
        _rowValues = new double[rows.RowCount * Width];
    }

    public SparseMatrix Rows { get; }

    public ScoreLoss Loss { get; }

    public ILinearOptions Options { get; }

    public CancellationToken CancellationToken => _context.CancellationToken;

    /// <summary>Scores of a row.</summary>
    public int Width { get; }

    /// <summary>Elements of a point before the intercepts.</summary>
    public int WeightCount { get; }

    /// <summary>Elements of a point.</summary>
    public int Size => WeightCount + Width;

    /// <summary>Elements of all rows' scores.</summary>
    public int ScoreCount => _rowValues.Length;

    /// <summary>The largest element of the gradient at which a solver may stop.</summary>
    public double Tolerance => Options.OptimizationTolerance * Loss.Weights.Sum();

    /// <summary>scores = X W + 1 b'.</summary>
    public void Scores(double[] point, double[] scores)
    {
        Rows.Multiply(point, scores, Width, _context.Threads, CancellationToken);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += point[WeightCount + (i % Width)];
        }
    }

    /// <summary>The loss and the squares of the weights.</summary>
    public double Value(double[] scores, double[] point) =>
        Loss.Value(scores) + (0.5 * Options.L2Regularization * Squares(point));

    /// <summary>The gradient of <see cref="Value"/>; remembers where the curvature is taken.</summary>
    public void Gradient(double[] scores, double[] point, double[] gradient)
    {
        Loss.Expand(scores, _rowValues);
        BackToPoint(gradient);
        AddRegularization(point, gradient);
    }

    /// <summary>The Hessian of <see cref="Value"/>, where the gradient was last taken, times a direction.</summary>
    /// <param name="direction">The direction.</param>
    /// <param name="scores">Room for scores; overwritten.</param>
    /// <param name="result">Takes the product.</param>
    public void MultiplyHessian(double[] direction, double[] scores, double[] result)
    {
        Scores(direction, scores);
        Loss.MultiplyCurvature(scores, _rowValues);
        BackToPoint(result);
        AddRegularization(direction, result);
    }

    /// <summary>The diagonal of the Hessian; positive.</summary>
    public void HessianDiagonal(double[] result)
    {
        Loss.Curvatures(_rowValues);
        _columns.WeighSquares(_rowValues, result, Width, _context.Threads, CancellationToken);
        for (var i = 0; i < WeightCount; i++)
        {
            result[i] += Options.L2Regularization;
        }

        result.AsSpan(WeightCount).Clear();
        AddToIntercepts(result);
        for (var i = WeightCount; i < Size; i++)
        {
            result[i] = Math.Max(result[i], double.Epsilon);
        }
    }

    private double Squares(double[] point)
    {
        var sum = 0.0;
        for (var i = 0; i < WeightCount; i++)
        {
            sum += point[i] * point[i];
        }

        return sum;
    }

    private void AddRegularization(double[] point, double[] target)
    {
        for (var i = 0; i < WeightCount; i++)
        {
            target[i] += Options.L2Regularization * point[i];
        }
    }

    // target = (X' R, 1' R).
    private void BackToPoint(double[] target)
    {
        _columns.Multiply(_rowValues, target, Width, _context.Threads, CancellationToken);
        target.AsSpan(WeightCount).Clear();
        AddToIntercepts(target);
    }

    private void AddToIntercepts(double[] target)
    {
        for (var i = 0; i < _rowValues.Length; i++)
        {
            target[WeightCount + (i % Width)] += _rowValues[i];
        }
    }
}
