using Evenhand.Data;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Simulation;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>Whether something is so: a label of 1 or 0.</summary>
internal sealed class BinaryTarget : RowTarget
{
    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.Classification;

    /// <inheritdoc/>
    public override SimulatorLabel SimulatorLabel => SimulatorLabel.Recommended;

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualGaps { get; } =
    [
        "demographic-parity-difference",
        "equal-opportunity-difference",
        "equalized-odds-difference",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualTermGaps { get; } =
    [
        "bias-auc",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualMetrics(int k) =>
        ["accuracy", "balanced-accuracy", "precision", "recall", "f1", "roc-auc", "log-loss"];

    /// <inheritdoc/>
    public override string? LabelProblem(ColumnType label, PredictionTask task) => label switch
    {
        ColumnType.Number or ColumnType.Date => null,
        ColumnType.Category =>
            "holds text; say which values count as positive with label.positive, or predict all classes by the task "
            + $"{task.With<ClassesTarget>().Name}.",
        ColumnType.Categories =>
            "holds sets of categories; say which count as positive with label.positive, or predict all labels by the "
            + $"task {task.With<LabelSetsTarget>().Name}.",
        _ => "holds text; say which values count as positive with label.positive.",
    };

    /// <inheritdoc/>
    protected override EvaluationData Measure(Model model, Dataset part, CancellationToken cancellationToken)
    {
        var predictions = model.Predict(part, cancellationToken) as ClassPredictions
            ?? throw DoesNotFit(model, "classes");
        var labels = Array.ConvertAll(Labels(part), label => (int)label);
        return new ClassificationEvaluation(labels, predictions.Decisions)
        {
            Scores = predictions.Probabilities,
            Weights = Weights(part),
        };
    }
}
