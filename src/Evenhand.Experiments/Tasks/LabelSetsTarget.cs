using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Simulation;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Tasks;

/// <summary>Any number of several labels.</summary>
internal sealed class LabelSetsTarget : RowTarget
{
    /// <inheritdoc/>
    public override PredictionKind Kind => PredictionKind.MultiLabel;

    /// <inheritdoc/>
    public override SimulatorLabel SimulatorLabel => SimulatorLabel.Tags;

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualGaps { get; } =
    [
        "multi-label-demographic-parity-difference",
        "multi-label-equal-opportunity-difference",
        "multi-label-equalized-odds-difference",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualMetrics(int k) =>
        [
            "subset-accuracy", "hamming-loss", "label-micro-f1", "label-macro-f1", "samples-f1",
            "label-ranking-average-precision", "multi-label-log-loss",
        ];

    /// <inheritdoc/>
    public override string? LabelProblem(ColumnType label, PredictionTask task) => label switch
    {
        ColumnType.Categories => null,
        _ => $"holds no sets, and the task {task.Name} predicts sets of labels: read it as type: categories, and leave "
            + "label.positive out.",
    };

    /// <inheritdoc/>
    protected override EvaluationData Measure(Model model, Dataset part, CancellationToken cancellationToken)
    {
        var predictions = model.Predict(part, cancellationToken) as MultiLabelPredictions
            ?? throw DoesNotFit(model, "sets of labels");
        var label = part.Label is CategorySetColumn { MissingCount: 0 } column
            ? column
            : throw NoLabel(part, "of sets of categories");
        var (classes, places) = Join(label.Vocabulary, predictions.Labels);
        var labels = new int[label.Length * classes.Count];
        for (var row = 0; row < label.Length; row++)
        {
            foreach (var code in label.Codes(row))
            {
                labels[(row * classes.Count) + code] = 1;
            }
        }

        return new MultiLabelEvaluation(
            classes.Count, labels, Spread(predictions.Decisions, places, classes.Count))
        {
            Probabilities = Spread(predictions.Probabilities, places, classes.Count),
            Weights = Weights(part),
        };
    }
}
