using System.Diagnostics;
using Evenhand.Configuration;
using Evenhand.Data;
using Evenhand.Experiments.Tasks;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;

namespace Evenhand.Experiments.Evaluations;

/// <summary>Measures models as a plan says.</summary>
/// <param name="plan">What is measured.</param>
public sealed class Evaluator(EvaluationPlan plan)
{
    private readonly TaskTarget _target = PredictionTasks.Of(plan.Task).Target;

    // Terms are swapped and predicted anew only where a metric asks for it.
    private readonly string[] _counterfactuals =
        [.. plan.Fairness.Where(f => f.Metric.NeedsCounterfactuals).Select(f => f.Attribute).Distinct()];

    /// <summary>Measures a model on one part of the data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="part">The part to predict.</param>
    /// <param name="seen">The parts before this one, the train part first: their items are masked in rankings, and
    /// those of the train part tell how popular an item is.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The part has no label, or the model does not fit the task.</exception>
    public Evaluation Evaluate(
        Model model, Dataset part, IReadOnlyList<Dataset> seen, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var (predictions, groups) = _target.Measure(plan, model, part, seen, cancellationToken);
        var microseconds = clock.Elapsed.TotalMicroseconds / Math.Max(1, predictions.Count);
        var constant = ConstantPredictions.Are(
            predictions, model, plan.ReadsProbabilitiesAlone, cancellationToken);
        var data = CounterfactualInput.AddTo(predictions, model, part, _counterfactuals, cancellationToken);
        var report = GroupReport.Compute(
            data, plan.Metrics, groups, plan.Report with { CancellationToken = cancellationToken });
        return new Evaluation(
            EvaluationFigures.Of(report, plan.Fairness) with { Constant = constant }, predictions, microseconds);
    }

    /// <summary>What a model predicts of one part of the data, beside the truth.</summary>
    /// <param name="model">The model.</param>
    /// <param name="part">The part to predict.</param>
    /// <param name="seen">The parts before this one, the train part first.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="InputException">The part has no label, or the model does not fit the task.</exception>
    public EvaluationData Predict(
        Model model, Dataset part, IReadOnlyList<Dataset> seen, CancellationToken cancellationToken) =>
        _target.Measure(plan, model, part, seen, cancellationToken).Data;
}

/// <summary>What became of measuring a model.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Predictions">What they were computed from: predictions beside the truth.</param>
/// <param name="PredictionMicroseconds">Wall-clock time of each predicted row or ranked list.</param>
public sealed record Evaluation(
    EvaluationFigures Figures, EvaluationData Predictions, double PredictionMicroseconds);
