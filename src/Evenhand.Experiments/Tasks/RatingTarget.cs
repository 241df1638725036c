using Evenhand.Data;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Simulation;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>A number on a scale: a rating.</summary>
internal class RatingTarget : RowTarget
{
    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Rating;

    /// <inheritdoc/>
    public override SimulatorLabel SimulatorLabel => SimulatorLabel.Rating;

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualMetrics(int k) =>
        ["rmse", "mae"];

    /// <inheritdoc/>
    public override string? LabelProblem(ColumnType label, PredictionTask task) => label switch
    {
        ColumnType.Number or ColumnType.Date => null,
        _ => "holds text; say which values count as positive with label.positive.",
    };

    /// <inheritdoc/>
    protected override EvaluationData Measure(Model model, Dataset part, CancellationToken cancellationToken)
    {
        var predictions = model.Predict(part, cancellationToken) as RatingPredictions
            ?? throw DoesNotFit(model, "ratings");
        return new RatingEvaluation(Labels(part), predictions.Values)
        {
            Weights = Weights(part),
            Items = part.ItemColumn?.Codes.ToArray(),
        };
    }
}
