namespace Evenhand.Metrics.Evaluations;

/// <summary>Decisions of two classes and the true classes.</summary>
/// <param name="Labels">True class of each row: 1 positive, 0 negative.</param>
/// <param name="Decisions">Decided class of each row: 1 positive, 0 negative.</param>
public sealed record ClassificationEvaluation(int[] Labels, int[] Decisions) : EvaluationData
{
    /// <inheritdoc/>
    public override int Count => Labels.Length;

    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Classification;

    /// <summary>Score of each row, finite, larger for the positive class; for the log loss the probability of that
    /// class.</summary>
    /// <value>Null: metrics with <see cref="Metric.NeedsScores"/> cannot be computed.</value>
    public double[]? Scores { get; init; }

    /// <summary>Weight of each row, not negative.</summary>
    /// <value>Null: all rows weigh 1.</value>
    public double[]? Weights { get; init; }

    /// <summary>How predictions change where identity terms are swapped, by attribute.</summary>
    /// <value>Empty: metrics with <see cref="FairnessMetric.NeedsCounterfactuals"/> cannot be computed.</value>
    public IReadOnlyList<CounterfactualChanges> Counterfactuals { get; init; } = [];

    internal override double[]? RowWeights => Weights;

    internal override void Validate()
    {
        base.Validate();
        CheckLength(Decisions.Length, nameof(Decisions));
        CheckBinary(Labels, nameof(Labels));
        CheckBinary(Decisions, nameof(Decisions));
        if (Scores is { } scores)
        {
            CheckLength(scores.Length, nameof(Scores));
            CheckFinite(scores, nameof(Scores));
        }

        foreach (var (attribute, flips, changes) in Counterfactuals)
        {
            CheckLength(flips.Length, $"Flips of '{attribute}'");
            CheckLength(changes.Length, $"Changes of '{attribute}'");
        }
    }
}
