using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Reports.Page;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Running;

/// <summary>Runs an experiment's study: trials until the budget is spent, then the finalists on the test
/// part.</summary>
public sealed class ExperimentRunner
{
    private readonly ExperimentPlan _plan;
    private readonly ExperimentData _data;
    private readonly IRunListener _listener;

    // What this run has measured, so that its leaderboard need not read it back.
    private readonly ConcurrentDictionary<(int Trial, int Attempt), EvaluationFigures> _measured = [];
    private string? _waitingFor;

    /// <summary>A runner for an experiment whose data is loaded.</summary>
    /// <param name="plan">The experiment, ready to run.</param>
    /// <param name="data">Its data, split.</param>
    /// <param name="listener">Told of progress.</param>
    public ExperimentRunner(ExperimentPlan plan, ExperimentData data, IRunListener listener)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (_plan, _data, _listener) = (plan, data, listener);
    }

    /// <summary>Continues a study to the end of its budget, evaluates the finalists and writes the leaderboard
    /// page.</summary>
    /// <remarks>A new study and an interrupted one are continued alike: what is finished is never run again.</remarks>
    /// <exception cref="OperationCanceledException">Cancelled; every finished trial is kept.</exception>
    public async Task<Leaderboard> RunAsync(
        StudyLibrary library, StudyRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(library);
        var began = DateTime.UtcNow;
        var artifacts = library.Artifacts(record);
        var fits = new TrialFits(_plan, _data, artifacts, _listener);
        DiscardDamaged(library.Storage, record.Name);
        var seeds = new SeedTree(_plan.Experiment.Seed);
        var study = new Study(
            record,
            _plan.Learners.Space,
            _plan.Objective,
            _plan.Experiment.Sampler.Create(),
            library.Storage,
            number => seeds.Fork($"trial/{number}/sampler").CreateRandom(),
            pruner: _plan.Experiment.Pruner?.Create());
        var finalists = new FinalistRun(_plan, study, library.Storage, artifacts, fits, _listener);

        _listener.PhaseBegun("trials");
        var end = await study.RunAsync(
            (trial, token) => Evaluate(trial, fits, artifacts, token),
            _plan.Budget,
            trial => Finished(trial, study, artifacts, finalists),
            others => NoteWaiting($"another process runs trial {string.Join(", ", others)}"),
            cancellationToken);
        if (end == StudyEnd.Space)
        {
            _listener.Noted(SpentSpace(study.Trials.Count));
        }

        using var held = await artifacts.LockFinalistsAsync(
            () => NoteWaiting("another process measures the finalists"), cancellationToken);
        study.Refresh();
        var test = finalists.Measure(cancellationToken);
        var leaderboard = LeaderboardBuilder.Build(
            record, StudyDefinition.FromJson(record.Definition), _plan, study.Trials, test, FiguresOf(record));
        artifacts.WriteLeaderboardPage(page => LeaderboardPage.Write(page, leaderboard));
        artifacts.DropLeftovers(began, study.Trials.Select(trial => trial.Number));
        return leaderboard;
    }

    // Those of other processes and of earlier runs are read.
    private Func<FinishedTrial, EvaluationFigures> FiguresOf(StudyRecord record) => trial =>
        _measured.TryGetValue((trial.Number, trial.Attempt), out var figures)
            ? figures
            : StoredFigures.Of(record.Name, trial);

    private string SpentSpace(int trials) => string.Create(
        CultureInfo.InvariantCulture,
        $"the search space is spent: each of its configurations has been run, and none is run twice; the study ends "
        + $"with {trials} {(trials == 1 ? "trial" : "trials")}{(_plan.Budget.Trials is { } limit ? $" of {limit}" : "")}");

    // What the trial was is known by its parameters and its seed, so that it can be run again.
    private void DiscardDamaged(StudyStorage storage, string study)
    {
        foreach (var number in storage.DiscardDamaged(study, EvaluationJson.IsSound))
        {
            _listener.Noted($"trial {number} is damaged in the store; it is run again");
        }
    }

    // What could not be kept says nothing of the trial: the run stops, and a resumed one runs it again.
    private TrialOutcome Evaluate(
        Trial trial, TrialFits fits, StudyArtifacts artifacts, CancellationToken cancellationToken)
    {
        try
        {
            return FitAndMeasure(trial, fits, artifacts, cancellationToken);
        }
        catch (FileNotWrittenException problem)
        {
            throw new StorageException(problem.Message, problem);
        }
    }

    private TrialOutcome FitAndMeasure(
        Trial trial, TrialFits fits, StudyArtifacts artifacts, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var checkpoints = artifacts.Checkpoints(trial.Number);
        var reports = _plan.Experiment.Curves || _plan.Experiment.Pruner is not null
            ? new FitReports(_plan.ReportEvaluation, _data.Split, trial, checkpoints)
            : null;
        Model model;
        try
        {
            model = fits.Fit(trial.Number, trial.Parameters, checkpoints, reports, cancellationToken);
        }
        catch (FitPrunedException)
        {
            return TrialOutcome.Pruned();
        }

        using var native = model as IDisposable;
        var fitSeconds = (clock.Elapsed - (reports?.Elapsed ?? TimeSpan.Zero)).TotalSeconds;
        var evaluation = fits.Validate(model, cancellationToken);
        var figures = evaluation.Figures with
        {
            Cost = new TrialCost(fitSeconds, evaluation.PredictionMicroseconds),
        };

        // Before the trial is told: a finished trial always has its model, whenever the process dies.
        artifacts.SaveModel(trial.Number, trial.Attempt, model);
        _measured[(trial.Number, trial.Attempt)] = figures;
        return TrialOutcome.Complete(figures.ToMeasures(), EvaluationJson.Write(figures));
    }

    private void Finished(FinishedTrial trial, Study study, StudyArtifacts artifacts, FinalistRun finalists)
    {
        // However it ended: only a trial that was cancelled goes on from its state.
        artifacts.DropCheckpoints(trial.Number);
        var trials = study.Trials;
        if (trials.Count % (2 * _plan.Experiment.Evaluation.Finalists) == 0)
        {
            finalists.Sweep();
        }

        _listener.TrialFinished(trial, trials.Count, _plan.Budget.Trials ?? 0, _plan.Objective.Best(trials));
    }

    private void NoteWaiting(string reason)
    {
        if (reason != _waitingFor)
        {
            _waitingFor = reason;
            _listener.Noted($"waiting: {reason}");
        }
    }
}
