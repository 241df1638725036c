using System.Diagnostics;
using System.Globalization;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Metrics;
using Evenhand.Tuning;

namespace Evenhand.Experiments;

/// <summary>Runs an experiment's study: trials until the budget is spent, then the finalists on the test
/// part.</summary>
public sealed class ExperimentRunner
{
    private readonly StudyPlan _plan;
    private readonly ExperimentData _data;
    private readonly SeedTree _seeds;
    private readonly IRunListener _listener;

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
        var folder = library.Folder(record);
        var study = new Study(
            record,
            _plan.Space,
            _plan.Objective,
            _plan.CreateSampler(),
            library.Storage,
            number => _seeds.Fork($"trial/{number}/sampler").CreateRandom());

        _listener.PhaseBegun("trials");
        var end = await study.RunAsync(
            (trial, token) => Evaluate(trial, folder, token),
            _plan.Budget,
            trial => Finished(study, trial, folder),
            cancellationToken);
        if (end == StudyEnd.Space)
        {
            _listener.Noted(SpentSpace(study.Trials.Count));
        }

        EvaluateFinalists(study, folder, cancellationToken);
        var definition = StudyDefinition.FromJson(record.Definition);
        var leaderboard = LeaderboardBuilder.Build(record, definition, _plan, study.Trials, folder.ReadTest());
        LeaderboardPage.Write(folder.LeaderboardPage, leaderboard);
        folder.DropHalfWritten(began);
        return leaderboard;
    }

    private string SpentSpace(int trials) => string.Create(
        CultureInfo.InvariantCulture,
        $"the search space is spent: each of its configurations has been run, and none is run twice; the study ends with "
        + $"{trials} {(trials == 1 ? "trial" : "trials")}{(_plan.Budget.Trials is { } limit ? $" of {limit}" : "")}");

    /// <summary>The model of a finished trial: as it was kept, else fitted again with the same seed.</summary>
    public Model ModelOf(FinishedTrial trial, StudyFolder folder, CancellationToken cancellationToken) =>
        folder.LoadModel(trial.Number) ?? Fit(trial.Number, trial.Parameters, null, cancellationToken);

    private TrialOutcome Evaluate(Trial trial, StudyFolder folder, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var model = Fit(trial.Number, trial.Parameters, folder.Checkpoints(trial.Number), cancellationToken);
        using var native = model as IDisposable;
        var fitSeconds = clock.Elapsed.TotalSeconds;
        var figures = _plan.Evaluation.Evaluate(
            model, _data.Split.Validation, [_data.Split.Train], out var predictionMicroseconds, cancellationToken);
        figures = figures with { Cost = new TrialCost(fitSeconds, predictionMicroseconds) };

        // Before the trial is told: a finished trial always has its model, whenever the process dies.
        folder.SaveModel(trial.Number, model);
        return TrialOutcome.Complete(figures.ToMeasures(), EvaluationJson.Write(figures));
    }

    private Model Fit(
        int trial, ParameterSet parameters, string? checkpoints, CancellationToken cancellationToken) =>
        _plan.CreateLearner(parameters).Fit(_data.Split.Train, new FitContext
        {
            Seeds = _seeds.Fork($"trial/{trial}/fit"),
            CancellationToken = cancellationToken,
            Threads = _plan.Experiment.Budget.Threads,
            Progress = checkpoints is null ? _listener.Advanced : work => _listener.FitAdvanced(trial, work),
            CheckpointFolder = checkpoints,
        });

    private void Finished(Study study, FinishedTrial trial, StudyFolder folder)
    {
        // However it ended: only a trial that was cancelled goes on from its state.
        folder.DropCheckpoints(trial.Number);
        var trials = study.Trials;
        if (trials.Count % (2 * _plan.FinalistCount) == 0)
        {
            // Only finished trials' models: with several jobs, another trial's may be saved and not told yet.
            var finished = trials.Select(t => t.Number).ToHashSet();
            var finalists = Standing.Of(_plan, trials).Finalists(_plan.FinalistCount).ToHashSet();
            folder.DropModels(number => finished.Contains(number) && !finalists.Contains(number));
        }

        _listener.TrialFinished(trial, trials.Count, _plan.Budget.Trials ?? 0, _plan.Objective.Best(trials));
    }

    // The test part is read here and nowhere else: once for each finalist, after the last trial.
    private void EvaluateFinalists(Study study, StudyFolder folder, CancellationToken cancellationToken)
    {
        var trials = study.Trials.ToDictionary(t => t.Number);
        var finalists = Standing.Of(_plan, study.Trials).Finalists(_plan.FinalistCount);
        var known = folder.ReadTest();
        var test = known.Where(t => trials.ContainsKey(t.Key)).ToDictionary();
        _listener.PhaseBegun("test figures of the finalists");
        var isNew = false;
        for (var i = 0; i < finalists.Count; i++)
        {
            if (!test.ContainsKey(finalists[i]))
            {
                var model = ModelOf(trials[finalists[i]], folder, cancellationToken);
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
        folder.DropModels(number => !test.ContainsKey(number));
    }

    private IReadOnlyList<Dataset> Earlier => [_data.Split.Train, _data.Split.Validation];

    // Every finalist against the most accurate one, all of them anew: the adjusted p values depend on how many there are.
    private void Compare(
        Study study, Dictionary<int, EvaluationFigures> test, StudyFolder folder, CancellationToken cancellationToken)
    {
        var reference = Standing.Of(_plan, study.Trials).MostAccurate?.Number;
        if (reference is not { } best || !test.ContainsKey(best) || test.Count < 2)
        {
            return;
        }

        var predictions = new Dictionary<int, EvaluationData>();
        foreach (var trial in study.Trials.Where(t => test.ContainsKey(t.Number)))
        {
            var model = ModelOf(trial, folder, cancellationToken);
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
