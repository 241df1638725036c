using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evenhand.Configuration;
using Evenhand.Data.Splits;
using Evenhand.Experiments.Evaluations;
using Evenhand.Learning;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Running;

/// <summary>Measures the models that the fit of a trial reports, and tells the trial.</summary>
/// <remarks>A fit that was interrupted may go on from where it kept its state. So that its trial has all reports, as an
/// uninterrupted one would, they are kept beside that state, one a line.</remarks>
/// <param name="plan">What is measured.</param>
/// <param name="split">The data.</param>
/// <param name="trial">The trial; told of each report.</param>
/// <param name="checkpoints">The folder of the fit's state.</param>
internal sealed class FitReports(EvaluationPlan plan, DataSplit split, Trial trial, string checkpoints)
{
    /// <summary>Name of the training loss among the measures of a report.</summary>
    public const string TrainLoss = "train-loss";

    private readonly Evaluator _evaluator = new(plan);
    private readonly string _file = Path.Combine(checkpoints, "reports.jsonl");
    private readonly Stopwatch _clock = new();

    /// <summary>Time that went into reports, and not into the fit.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Whether the fit should go on.</summary>
    /// <param name="report">What it reports.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    /// <exception cref="FileNotWrittenException">The report cannot be kept.</exception>
    public bool Listen(FitReport report, CancellationToken cancellationToken)
    {
        _clock.Start();
        try
        {
            if (trial.Reports.Count == 0)
            {
                Recall(report.Step);
            }

            var measures = Measure(report, cancellationToken);
            var goesOn = trial.Report(report.Step, measures);
            Keep(trial.Reports[^1]);
            return goesOn;
        }
        finally
        {
            _clock.Stop();
        }
    }

    private Dictionary<string, double> Measure(FitReport report, CancellationToken cancellationToken)
    {
        var model = report.Snapshot();
        using var native = model as IDisposable;
        var figures = _evaluator.Evaluate(model, split.Validation, [split.Train], cancellationToken).Figures;
        var measures = (figures with { Constant = false }).ToMeasures();
        if (double.IsFinite(report.TrainLoss))
        {
            measures[TrainLoss] = report.TrainLoss;
        }

        return measures;
    }

    // What an earlier attempt reported before the state from which this fit went on; the answers were yes.
    private void Recall(int step)
    {
        var earlier = Read().Where(report => report.Step < step).ToArray();
        if (File.Exists(_file))
        {
            File.Delete(_file);
        }

        foreach (var report in earlier)
        {
            trial.Report(report.Step, report.Measures);
            Keep(report);
        }
    }

    // A line that was cut, as the process was killed, ends the file.
    private List<TrialReport> Read()
    {
        var reports = new List<TrialReport>();
        foreach (var line in File.Exists(_file) ? File.ReadAllLines(_file) : [])
        {
            try
            {
                if (JsonSerializer.Deserialize(line, FitReportsJson.Default.TrialReport) is { } report
                    && (reports is not [.., var last] || report.Step > last.Step))
                {
                    reports.Add(report);
                }
            }
            catch (Exception problem) when (problem is JsonException or ArgumentException)
            {
                break;
            }
        }

        return reports;
    }

    private void Keep(TrialReport report)
    {
        try
        {
            Directory.CreateDirectory(checkpoints);
            File.AppendAllText(_file, JsonSerializer.Serialize(report, FitReportsJson.Default.TrialReport) + "\n");
        }
        catch (IOException problem)
        {
            throw new FileNotWrittenException(_file, problem);
        }
    }
}

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrialReport))]
internal sealed partial class FitReportsJson : JsonSerializerContext;
