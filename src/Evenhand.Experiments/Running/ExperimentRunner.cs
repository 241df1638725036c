using System.Diagnostics;
using System.Globalization;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Reports.Page;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Running;

/// <summary>Runs an experiment's study: trials until the budget is spent, then the finalists on the test
/// part.</summary>
public sealed class ExperimentRunner
{
    private readonly StudyPlan _plan;
    private readonly ExperimentData _data;
    private readonly SeedTree _seeds;
    private readonly IRunListener _listener;
    private string? _waitingFor;

    /// <summary>A runner for an experiment whose data is loaded.</summary>
    /// <param name="plan">The experiment, ready to run.</param>
    /// <param name="data">Its data, split.</param>
    /// <param name="listener">Told of progress.</param>
    public ExperimentRunner(StudyPlan plan, ExperimentData data, IRunListener listener)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _data = data;
        _listener = listener;
        _seeds = new SeedTree(plan.Experiment.Seed);
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
        var folder = library.Artifacts(record);
        DiscardDamaged(library.Storage, record.Name);
        var study = new Study(
            record,
            _plan.Space,
            _plan.Objective,
            _plan.CreateSampler(),
            library.Storage,
            number => _seeds.Fork($"trial/{number}/sampler").CreateRandom(),
            pruner: _plan.CreatePruner());

        _listener.PhaseBegun("trials");
        var end = await study.RunAsync(
            (trial, token) => Evaluate(trial, folder, token),
            _plan.Budget,
            trial => Finished(study, library.Storage, trial, folder),
            others => NoteWaiting($"another process runs trial {string.Join(", ", others)}"),
            cancellationToken);
        if (end == StudyEnd.Space)
        {
            _listener.Noted(SpentSpace(study.Trials.Count));
        }

        using var finalists = await folder.LockFinalistsAsync(
            () => NoteWaiting("another process measures the finalists"), cancellationToken);
        study.Refresh();
        EvaluateFinalists(study, library.Storage, folder, cancellationToken);
        var definition = StudyDefinition.FromJson(record.Definition);
        var leaderboard = LeaderboardBuilder.Build(record, definition, _plan, study.Trials, folder.ReadTest());
        folder.WriteLeaderboardPage(page => LeaderboardPage.Write(page, leaderboard));
        folder.DropLeftovers(began, study.Trials.Select(trial => trial.Number));
        return leaderboard;
    }

    private string SpentSpace(int trials) => string.Create(
        CultureInfo.InvariantCulture,
        $"the search space is spent: each of its configurations has been run, and none is run twice; the study ends "
        + $"with {trials} {(trials == 1 ? "trial" : "trials")}{(_plan.Budget.Trials is { } limit ? $" of {limit}" : "")}");

    /// <summary>The model of a finished trial: as it was kept, else fitted again with the same seed.</summary>
    /// <exception cref="InputException">It was kept, and is damaged.</exception>
    public Model ModelOf(FinishedTrial trial, StudyArtifacts folder, CancellationToken cancellationToken) =>
        folder.LoadModel(trial, _plan.Experiment.Registry) ?? Fit(trial.Number, trial.Parameters, null, cancellationToken);

    // What the trial was is known by its parameters and its seed, so that it can be run again.
    private void DiscardDamaged(StudyStorage storage, string study)
    {
        foreach (var number in storage.DiscardDamaged(study, EvaluationJson.IsSound))
        {
            _listener.Noted($"trial {number} is damaged in the store; it is run again");
        }
    }

    // What could not be kept says nothing of the trial: the run stops, and a resumed one runs it again.
    private TrialOutcome Evaluate(Trial trial, StudyArtifacts folder, CancellationToken cancellationToken)
    {
        try
        {
            return FitAndMeasure(trial, folder, cancellationToken);
        }
        catch (FileNotWrittenException problem)
        {
            throw new StorageException(problem.Message, problem);
        }
    }

    private TrialOutcome FitAndMeasure(Trial trial, StudyArtifacts folder, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var checkpoints = folder.Checkpoints(trial.Number);
        var reports = _plan.ReportsFits
            ? new FitReports(_plan.ReportEvaluation, _data.Split, trial, checkpoints)
            : null;
        Model model;
        try
        {
            model = Fit(trial.Number, trial.Parameters, checkpoints, cancellationToken, reports);
        }
        catch (FitPrunedException)
        {
            return TrialOutcome.Pruned();
        }

        using var native = model as IDisposable;
        var fitSeconds = (clock.Elapsed - (reports?.Elapsed ?? TimeSpan.Zero)).TotalSeconds;
        var figures = _plan.Evaluation.Evaluate(
            model, _data.Split.Validation, [_data.Split.Train], out var predictionMicroseconds, cancellationToken);
        figures = figures with { Cost = new TrialCost(fitSeconds, predictionMicroseconds) };

        // Before the trial is told: a finished trial always has its model, whenever the process dies.
        folder.SaveModel(trial.Number, trial.Attempt, model);
        return TrialOutcome.Complete(figures.ToMeasures(), EvaluationJson.Write(figures));
    }

    private Model Fit(
        int trial,
        ParameterSet parameters,
        string? checkpoints,
        CancellationToken cancellationToken,
        FitReports? reports = null) =>
        _plan.CreateLearner(parameters).Fit(_data.Split.Train, new FitContext
        {
            Seeds = _seeds.Fork($"trial/{trial}/fit"),
            CancellationToken = cancellationToken,
            Threads = _plan.Experiment.Budget.Threads,
            Progress = checkpoints is null ? _listener.Advanced : work => _listener.FitAdvanced(trial, work),
            CheckpointFolder = checkpoints,
            Listener = reports is null ? null : report => reports.Listen(report, cancellationToken),
        });

    private void Finished(Study study, StudyStorage storage, FinishedTrial trial, StudyArtifacts folder)
    {
        // However it ended: only a trial that was cancelled goes on from its state.
        folder.DropCheckpoints(trial.Number);
        var trials = study.Trials;
        if (trials.Count % (2 * _plan.FinalistCount) == 0)
        {
            Sweep(study, storage, folder, ReadTest(folder).Keys);
        }

        _listener.TrialFinished(trial, trials.Count, _plan.Budget.Trials ?? 0, _plan.Objective.Best(trials));
    }

    // The test part is read here and nowhere else: once for each finalist, after the last trial.
    private void EvaluateFinalists(
        Study study, StudyStorage storage, StudyArtifacts folder, CancellationToken cancellationToken)
    {
        var trials = study.Trials.ToDictionary(t => t.Number);
        var finalists = Standing.Of(_plan, study.Trials).Finalists(_plan.FinalistCount);
        var known = ReadTest(folder);

        // Of equal configurations, which earlier versions ran, one is enough: more would only multiply the p values.
        var configurations = finalists.Select(number => trials[number].Parameters).ToHashSet();
        var test = known
            .Where(t => finalists.Contains(t.Key)
                || (trials.TryGetValue(t.Key, out var trial) && configurations.Add(trial.Parameters)))
            .ToDictionary();
        _listener.PhaseBegun("test figures of the finalists");
        var isNew = test.Count < known.Count;
        for (var i = 0; i < finalists.Count; i++)
        {
            if (!test.ContainsKey(finalists[i]))
            {
                var model = KeptModel(trials[finalists[i]], folder, cancellationToken);
                using var native = model as IDisposable;
                test[finalists[i]] = _plan.Evaluation.Evaluate(
                    model, _data.Split.Test, Earlier, out _, cancellationToken);
                isNew = true;
            }

            _listener.Advanced(new WorkProgress(i + 1, finalists.Count, "finalists"));
        }

        if (isNew)
        {
            Compare(study, test, folder, cancellationToken);
        }

        folder.WriteTest(test);
        Sweep(study, storage, folder, test.Keys);

        // From here on no process drops them; one that did not know of these figures yet may have, just before.
        foreach (var trial in test.Keys)
        {
            using var native = KeptModel(trials[trial], folder, cancellationToken) as IDisposable;
        }
    }

    // What others have finished meanwhile may be a finalist of theirs.
    private void Sweep(Study study, StudyStorage storage, StudyArtifacts folder, IEnumerable<int> tested)
    {
        study.Refresh();
        var finalists = Standing.Of(_plan, study.Trials).Finalists(_plan.FinalistCount);
        folder.SweepModels(storage, finalists.Concat(tested).ToHashSet());
    }

    // Test figures can be measured again.
    private IReadOnlyDictionary<int, EvaluationFigures> ReadTest(StudyArtifacts folder)
    {
        try
        {
            return folder.ReadTest();
        }
        catch (InputException problem)
        {
            _listener.Noted(problem.Message);
            return new Dictionary<int, EvaluationFigures>();
        }
    }

    // The model of a finalist: one that was not kept, or is damaged, is fitted again with the same seed, and kept if it
    // is what was measured. With several threads some learners fit another one each time.
    private Model KeptModel(FinishedTrial trial, StudyArtifacts folder, CancellationToken cancellationToken)
    {
        try
        {
            if (folder.LoadModel(trial, _plan.Experiment.Registry) is { } kept)
            {
                return kept;
            }
        }
        catch (InputException problem)
        {
            _listener.Noted(problem.Message);
        }

        var model = Fit(trial.Number, trial.Parameters, null, cancellationToken);
        var measures = _plan.Evaluation.Evaluate(
            model, _data.Split.Validation, [_data.Split.Train], out _, cancellationToken).ToMeasures();
        if (measures.All(measure => measure.Value.Equals(trial.Measure(measure.Key))))
        {
            folder.SaveModel(trial.Number, trial.Attempt, model);
        }
        else
        {
            _listener.Noted(
                $"the model of trial {trial.Number}, fitted again, is not the one that was measured; it is not kept");
        }

        return model;
    }

    private void NoteWaiting(string reason)
    {
        if (reason != _waitingFor)
        {
            _waitingFor = reason;
            _listener.Noted($"waiting: {reason}");
        }
    }

    private IReadOnlyList<Dataset> Earlier => [_data.Split.Train, _data.Split.Validation];

    // Every finalist against the most accurate one, all of them anew: the adjusted p values depend on how many there
    // are.
    private void Compare(
        Study study,
        Dictionary<int, EvaluationFigures> test,
        StudyArtifacts folder,
        CancellationToken cancellationToken)
    {
        var reference = Standing.Of(_plan, study.Trials).MostAccurate?.Number;
        if (reference is not { } best || !test.ContainsKey(best) || test.Count < 2)
        {
            return;
        }

        var predictions = new Dictionary<int, EvaluationData>();
        foreach (var trial in study.Trials.Where(t => test.ContainsKey(t.Number)))
        {
            var model = KeptModel(trial, folder, cancellationToken);
            using var native = model as IDisposable;
            predictions.Add(
                trial.Number,
                _plan.Evaluation.Predictions(model, _data.Split.Test, Earlier, cancellationToken));
        }

        var comparisons = ModelComparison.Against(
            best,
            predictions,
            _plan.Evaluation.Metrics[0],
            _plan.Evaluation.Report with
            {
                Seeds = _seeds.Fork("comparison"),
                CancellationToken = cancellationToken,
            });
        foreach (var trial in predictions.Keys)
        {
            test[trial] = test[trial] with { Comparison = comparisons.GetValueOrDefault(trial) };
        }
    }
}
