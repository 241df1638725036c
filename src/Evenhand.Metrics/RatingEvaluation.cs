namespace Evenhand.Metrics;

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

    /// <summary>Item code of each row, from 0; the rating unfairness family needs it.</summary>
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
        if (Items is { } items && Array.FindIndex(items, i => i < 0) is var row and >= 0)
        {
            throw new ArgumentException($"Items[{row}] is {items[row]}; item codes start at 0.");
        }
    }
}
