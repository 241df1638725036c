namespace Evenhand.Learning.Linear;

/// <summary>A loss of the scores of all rows, with its derivatives.</summary>
/// <remarks>Scores, residuals and directions are matrices of rows times <see cref="Width"/>, row by row. Not for use by
/// two threads at once.</remarks>
internal abstract class ScoreLoss
{
    /// <summary>Scores of a row.</summary>
    public abstract int Width { get; }

    /// <summary>The weight of each row.</summary>
    public abstract double[] Weights { get; }

    /// <summary>The loss of a row, not weighed.</summary>
    public abstract double ValueOf(int row, double[] scores);

    /// <summary>The loss of all rows.</summary>
    public virtual double Value(double[] scores)
    {
        var loss = 0.0;
        for (var row = 0; row < Weights.Length; row++)
        {
            loss += Weights[row] * ValueOf(row, scores);
        }

        return loss;
    }

    /// <summary>The derivatives of the loss by the scores; remembers where the curvature is taken.</summary>
    public abstract void Expand(double[] scores, double[] residuals);

    /// <summary>The second derivatives of the loss, where it was last expanded, times a direction; positive
    /// semidefinite, so terms that are not convex leave part of theirs out.</summary>
    public abstract void MultiplyCurvature(double[] direction, double[] result);

    /// <summary>The second derivatives by each score alone, where it was last expanded.</summary>
    public abstract void Curvatures(double[] result);

    /// <summary>The derivatives of the loss by the scores of one row, divided by the row's weight.</summary>
    public abstract void Residuals(int row, ReadOnlySpan<double> scores, Span<double> residuals);
}
