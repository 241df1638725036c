using Evenhand.Metrics;
using Evenhand.Metrics.Comparison;
using Evenhand.Metrics.Evaluations;

namespace Evenhand.Experiments.Evaluations;

/// <summary>A finalist against the most accurate one on the test part: is what lies between them more than
/// chance?</summary>
/// <param name="Reference">Number of the trial that is most accurate on the validation part.</param>
/// <param name="Metric">The accuracy metric; every test is of this one.</param>
/// <param name="Unit"><c>user</c> or <c>row</c>: what is drawn as a whole.</param>
/// <param name="Count">Number of rows, or users with lists, that both models are measured on.</param>
/// <param name="Difference">This trial's metric minus the reference's.</param>
/// <param name="StudentT">Student's paired t test; undefined where the metric is no mean over rows.</param>
/// <param name="Wilcoxon">Wilcoxon's signed-rank test; undefined where the metric is no mean over rows.</param>
/// <param name="Bootstrap">The paired bootstrap, of any metric.</param>
public sealed record ModelComparison(
    int Reference,
    string Metric,
    string Unit,
    int Count,
    double Difference,
    TestedDifference StudentT,
    TestedDifference Wilcoxon,
    TestedDifference Bootstrap)
{
    // A p value of 0.05 is then known to about 0.005.
    private const int Resamples = 1999;

    private static readonly PairedTestResult Undefined = new(double.NaN, double.NaN);

    /// <summary>Compares every model with the reference.</summary>
    /// <param name="reference">Number of the reference.</param>
    /// <param name="predictions">What each model predicts of the same rows, by number of the trial, the reference
    /// included.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="options">Seeds and threads of the bootstrap.</param>
    public static IReadOnlyDictionary<int, ModelComparison> Against(
        int reference, IReadOnlyDictionary<int, EvaluationData> predictions, Metric metric, GroupReportOptions options)
    {
        var trials = predictions.Keys.Where(trial => trial != reference).Order().ToArray();
        var differences = PairedBootstrap.Test(
            predictions[reference],
            [.. trials.Select(trial => predictions[trial])],
            metric,
            options with { BootstrapSamples = Resamples });
        var bootstrap = Adjust([.. differences.Select(d => d.PValue)]);
        var first = RowValues.Of(predictions[reference], metric);
        var pairs = Array.ConvertAll(
            trials, trial => first is null ? null : Paired(RowValues.Of(predictions[trial], metric), first));
        var student = Adjust(
            [.. pairs.Select(p => p is { } pair ? PairedTests.StudentT(pair.Own, pair.Other) : Undefined)]);
        var wilcoxon = Adjust(
            [.. pairs.Select(p => p is { } pair ? PairedTests.WilcoxonSignedRank(pair.Own, pair.Other) : Undefined)]);
        var data = predictions[reference];
        return trials.Index().ToDictionary(trial => trial.Item, trial => new ModelComparison(
            reference,
            metric.Name,
            data.Units is null && data is not RankingEvaluation ? "row" : "user",
            data is RankingEvaluation lists ? lists.Relevant.Count(items => items.Length > 0) : data.Count,
            differences[trial.Index].Statistic,
            student[trial.Index],
            wilcoxon[trial.Index],
            bootstrap[trial.Index]));
    }

    // Rows for which the metric is defined; null where these are not the same ones, as the difference of the metric is
    // then no mean over pairs.
    private static (double[] Own, double[] Other)? Paired(double[]? own, double[] other) =>
        own is not null && own.Zip(other).All(pair => double.IsNaN(pair.First) == double.IsNaN(pair.Second))
            ? (Array.FindAll(own, value => !double.IsNaN(value)), Array.FindAll(other, value => !double.IsNaN(value)))
            : null;

    private static TestedDifference[] Adjust(IReadOnlyList<PairedTestResult> results) =>
        Adjust([.. results.Select(result => result.PValue)]);

    private static TestedDifference[] Adjust(double[] values)
    {
        var (holm, hochberg) = (MultipleTests.Holm(values), MultipleTests.BenjaminiHochberg(values));
        return [.. values.Select((p, test) => new TestedDifference(p, holm[test], hochberg[test]))];
    }
}

/// <summary>p values of one test; NaN where it is undefined.</summary>
/// <param name="PValue">As if it were the only comparison.</param>
/// <param name="Holm">Adjusted by Holm for all comparisons of the study.</param>
/// <param name="BenjaminiHochberg">Adjusted by Benjamini and Hochberg.</param>
public readonly record struct TestedDifference(double PValue, double Holm, double BenjaminiHochberg);
