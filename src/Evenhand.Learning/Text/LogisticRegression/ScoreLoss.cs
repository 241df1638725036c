namespace Evenhand.Learning;

/// <summary>A convex loss of the scores of all rows, with its derivatives.</summary>
/// <remarks>Scores, residuals and directions are matrices of rows times <see cref="Width"/>, row by row. Not for use by
/// two threads at once.</remarks>
internal abstract class ScoreLoss
{
    /// <summary>Scores of a row.</summary>
    public abstract int Width { get; }

    /// <summary>The weight of each row.</summary>
    public abstract double[] Weights { get; }

    /// <summary>The loss of all rows.</summary>
    public abstract double Value(double[] scores);

    /// <summary>The derivatives of the loss by the scores; remembers where the curvature is taken.</summary>
    public abstract void Expand(double[] scores, double[] residuals);

    /// <summary>The second derivatives of the loss, where it was last expanded, times a direction.</summary>
    public abstract void MultiplyCurvature(double[] direction, double[] result);

    /// <summary>The second derivatives by each score alone, where it was last expanded.</summary>
    public abstract void Curvatures(double[] result);

    /// <summary>The derivatives of the loss by the scores of one row, divided by the row's weight.</summary>
    public abstract void Residuals(int row, ReadOnlySpan<double> scores, Span<double> residuals);
}
