using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Simulation;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>One of several classes.</summary>
internal sealed class ClassesTarget : RowTarget
{
    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Multiclass;

    /// <inheritdoc/>
    public override SimulatorLabel SimulatorLabel => SimulatorLabel.Sentiment;

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualGaps { get; } =
    [
        "multiclass-demographic-parity-difference",
        "multiclass-equal-opportunity-difference",
        "multiclass-equalized-odds-difference",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualMetrics(int k) =>
        [
            "micro-accuracy", "macro-accuracy", "macro-f1", "matthews-correlation", "multiclass-log-loss",
            "log-loss-reduction",
        ];

    /// <inheritdoc/>
    public override string? LabelProblem(ColumnType label, PredictionTask task) => label switch
    {
        ColumnType.Category => null,
        ColumnType.Number =>
            $"holds numbers, and the task {task.Name} predicts a class: read it as type: category, and leave "
            + "label.positive out.",
        ColumnType.Categories =>
            $"holds sets of categories: the task is {task.With<LabelSetsTarget>().Name}.",
        _ => "holds text; read it as type: category.",
    };

    /// <inheritdoc/>
    protected override EvaluationData Measure(Model model, Dataset part, CancellationToken cancellationToken)
    {
        var predictions = model.Predict(part, cancellationToken) as MulticlassPredictions
            ?? throw DoesNotFit(model, "one class of several");
        var label = part.Label is CategoricalColumn { MissingCount: 0 } column
            ? column
            : throw NoLabel(part, "of classes");
        var (classes, places) = Join(label.Vocabulary, predictions.Classes);
        return new MulticlassEvaluation(
            classes.Count,
            label.Codes.ToArray(),
            Array.ConvertAll(predictions.Decisions, decision => places[decision]))
        {
            Probabilities = Spread(predictions.Probabilities, places, classes.Count),
            Weights = Weights(part),
        };
    }
}
