namespace Evenhand.Metrics.Evaluations;

/// <summary>Decisions among several classes, of which a row has one or any number.</summary>
/// <param name="ClassCount">Number of classes, at least 1.</param>
public abstract record ClassesEvaluation(int ClassCount) : EvaluationData
{
    /// <summary>Predicted probability of class c of row r at <c>r * ClassCount + c</c>, from 0 to 1 but for
    /// <see cref="Probability.Rounding"/>.</summary>
    /// <value>Null: metrics with <see cref="Metric.NeedsScores"/> cannot be computed.</value>
    public double[]? Probabilities { get; init; }

    /// <summary>Weight of each row, not negative.</summary>
    /// <value>Null: all rows weigh 1.</value>
    public double[]? Weights { get; init; }

    internal override double[]? RowWeights => Weights;

    /// <summary>Whether a row has a class.</summary>
    internal abstract bool Has(int row, int code);

    internal override void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ClassCount, 1);
        base.Validate();
        if (Probabilities is not { } probabilities)
        {
            return;
        }

        if (probabilities.Length != Count * ClassCount)
        {
            throw new ArgumentException($"Probabilities has {probabilities.Length} entries where there are {Count} "
                + $"rows of {ClassCount} classes.");
        }

        var wrong = Array.FindIndex(probabilities, p => !Probability.Is(p));
        if (wrong >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Probabilities[{wrong}] is {probabilities[wrong]}; it must be from 0 to 1."));
        }
    }
}
