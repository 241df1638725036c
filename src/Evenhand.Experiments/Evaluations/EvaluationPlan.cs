using System.Diagnostics;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Experiments.Tasks;
using Evenhand.Learning;
using Evenhand.Metrics;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;

namespace Evenhand.Experiments.Evaluations;

/// <summary>What is measured of every model of an experiment, and how.</summary>
public sealed record EvaluationPlan : MeasurementSettings
{
    /// <summary>The task, which decides what a model's predictions are compared with.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>Metrics, overall and by group; the objective's accuracy metric is the first.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>Fairness metrics, each over one group attribute.</summary>
    public required IReadOnlyList<(FairnessMetric Metric, string Attribute)> Fairness { get; init; }

    /// <summary>Whether the objective reads probabilities alone and no decisions: where they vary, predictions are not
    /// constant although all decisions may be equal.</summary>
    public bool ReadsProbabilitiesAlone { get; init; }

    /// <summary>This plan without bounds, and with no metrics but those that these measures need.</summary>
    /// <param name="measures">Names of metrics and of fairness figures.</param>
    internal EvaluationPlan ForReports(IReadOnlyCollection<string> measures)
    {
        (FairnessMetric Metric, string Attribute)[] fairness =
        [
            .. Fairness.Where(f => measures.Contains(EvaluationFigures.FairnessName(f.Metric.Name, f.Attribute))),
        ];
        var required = fairness.SelectMany(f => f.Metric.Requires).Select(m => m.Name).ToHashSet();
        return this with
        {
            Metrics = [.. Metrics.Where(m => measures.Contains(m.Name) || required.Contains(m.Name))],
            Fairness = fairness,
            Report = Report with { BootstrapSamples = 0 },
        };
    }

    /// <summary>Measures a model on one part of the data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="part">The part to predict.</param>
    /// <param name="seen">The parts before this one, the train part first: their items are masked in rankings, and
    /// those of the train part tell how popular an item is.</param>
    /// <param name="predictionMicroseconds">Wall-clock time of each predicted row or ranked list.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The part has no label, or the model does not fit the task.</exception>
    public EvaluationFigures Evaluate(
        Model model,
        Dataset part,
        IReadOnlyList<Dataset> seen,
        out double predictionMicroseconds,
        CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var (data, groups) = Predict(model, part, seen, cancellationToken);
        predictionMicroseconds = clock.Elapsed.TotalMicroseconds / Math.Max(1, data.Count);
        var constant = ConstantPredictions.Are(data, model, ReadsProbabilitiesAlone, cancellationToken);
        data = CounterfactualInput.AddTo(data, model, part, CounterfactualAttributes, cancellationToken);
        var report = GroupReport.Compute(
            data, Metrics, groups, Report with { CancellationToken = cancellationToken });
        return EvaluationFigures.Of(report, Fairness) with { Constant = constant };
    }

    // Terms are swapped and predicted anew only where a metric asks for it.
    private IReadOnlyList<string> CounterfactualAttributes =>
        [.. Fairness.Where(f => f.Metric.NeedsCounterfactuals).Select(f => f.Attribute).Distinct()];

    /// <summary>What a model predicts of one part of the data, beside the truth.</summary>
    /// <param name="model">The model.</param>
    /// <param name="part">The part to predict.</param>
    /// <param name="seen">Rows whose items are masked in rankings.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    internal EvaluationData Predictions(
        Model model, Dataset part, IReadOnlyList<Dataset> seen, CancellationToken cancellationToken) =>
        Predict(model, part, seen, cancellationToken).Data;

    private (EvaluationData Data, IReadOnlyList<GroupCodes> Groups) Predict(
        Model model, Dataset part, IReadOnlyList<Dataset> seen, CancellationToken cancellationToken) =>
        PredictionTasks.Of(Task).Target.Measure(this, model, part, seen, cancellationToken);
}
