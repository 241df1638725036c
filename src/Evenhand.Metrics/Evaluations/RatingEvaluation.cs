namespace Evenhand.Metrics.Evaluations;

/// <summary>Real numbers and their predictions.</summary>
/// <param name="Labels">True value of each row, finite.</param>
/// <param name="Predictions">Predicted value of each row, finite, in the label's units.</param>
public sealed record RatingEvaluation(double[] Labels, double[] Predictions) : EvaluationData
{
    /// <inheritdoc/>
    public override int Count => Labels.Length;

    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Rating;

    /// <summary>Weight of each row, not negative.</summary>
    /// <value>Null: all rows weigh 1.</value>
    public double[]? Weights { get; init; }

    /// <summary>Item code of each row, negative where it is unknown; the rating unfairness family needs it, and leaves
    /// rows of unknown items out of averages over items.</summary>
    /// <value>Null.</value>
    public int[]? Items { get; init; }

    internal override double[]? RowWeights => Weights;

    internal override void Validate()
    {
        base.Validate();
        CheckLength(Predictions.Length, nameof(Predictions));
        CheckLength(Items?.Length, nameof(Items));
        CheckFinite(Labels, nameof(Labels));
        CheckFinite(Predictions, nameof(Predictions));
    }
}
