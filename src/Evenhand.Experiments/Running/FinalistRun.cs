using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Metrics.Evaluations;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Studies;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Running;

/// <summary>Measures the finalists of a study on the test part. That part is read here and nowhere else: once for each
/// finalist, after the last trial.</summary>
/// <param name="plan">The experiment.</param>
/// <param name="study">The study, whose trials have finished.</param>
/// <param name="storage">Where it is kept.</param>
/// <param name="artifacts">What it keeps beside its trials.</param>
/// <param name="fits">Makes the models.</param>
/// <param name="listener">Told of progress.</param>
internal sealed class FinalistRun(
    ExperimentPlan plan,
    Study study,
    StudyStorage storage,
    StudyArtifacts artifacts,
    TrialFits fits,
    IRunListener listener)
{
    // What was predicted of the test part in this run.
    private readonly Dictionary<int, EvaluationData> _predictions = [];

    /// <summary>Measures those that were not measured before, compares all of them, and keeps the figures and the
    /// models.</summary>
    /// <returns>The test figures by number of the trial.</returns>
    public IReadOnlyDictionary<int, EvaluationFigures> Measure(CancellationToken cancellationToken)
    {
        var trials = study.Trials.ToDictionary(t => t.Number);
        var finalists = Finalists();
        var known = ReadTest();

        // Of equal configurations, which earlier versions ran, one is enough: more would only multiply the p values.
        var configurations = finalists.Select(number => trials[number].Parameters).ToHashSet();
        var test = known
            .Where(t => finalists.Contains(t.Key)
                || (trials.TryGetValue(t.Key, out var trial) && configurations.Add(trial.Parameters)))
            .ToDictionary();
        listener.PhaseBegun("test figures of the finalists");
        var isNew = test.Count < known.Count;
        for (var i = 0; i < finalists.Count; i++)
        {
            if (!test.ContainsKey(finalists[i]))
            {
                var model = fits.Keep(trials[finalists[i]], cancellationToken);
                using var native = model as IDisposable;
                var evaluation = fits.Test(model, cancellationToken);
                test[finalists[i]] = evaluation.Figures;
                _predictions[finalists[i]] = evaluation.Predictions;
                isNew = true;
            }

            listener.Advanced(new WorkProgress(i + 1, finalists.Count, "finalists"));
        }

        if (isNew)
        {
            Compare(test, cancellationToken);
        }

        artifacts.WriteTest(test);
        Sweep(test.Keys);

        // From here on no process drops them; one that did not know of these figures yet may have, just before.
        foreach (var trial in test.Keys)
        {
            using var native = fits.Keep(trials[trial], cancellationToken) as IDisposable;
        }

        return test;
    }

    /// <summary>Drops the models of trials that are no finalists as of now, nor were before.</summary>
    public void Sweep() => Sweep(ReadTest().Keys);

    // What others have finished meanwhile may be a finalist of theirs.
    private void Sweep(IEnumerable<int> tested)
    {
        study.Refresh();
        artifacts.SweepModels(storage, Finalists().Concat(tested).ToHashSet());
    }

    private IReadOnlyList<int> Finalists() =>
        Standing.Of(plan, study.Trials).Finalists(plan.Experiment.Evaluation.Finalists);

    // Test figures can be measured again.
    private IReadOnlyDictionary<int, EvaluationFigures> ReadTest()
    {
        try
        {
            return artifacts.ReadTest();
        }
        catch (InputException problem)
        {
            listener.Noted(problem.Message);
            return new Dictionary<int, EvaluationFigures>();
        }
    }

    // Every finalist against the most accurate one, all of them anew: the adjusted p values depend on how many there
    // are.
    private void Compare(Dictionary<int, EvaluationFigures> test, CancellationToken cancellationToken)
    {
        var reference = Standing.Of(plan, study.Trials).MostAccurate?.Number;
        if (reference is not { } best || !test.ContainsKey(best) || test.Count < 2)
        {
            return;
        }

        var predictions = new Dictionary<int, EvaluationData>();
        foreach (var trial in study.Trials.Where(t => test.ContainsKey(t.Number)))
        {
            predictions.Add(trial.Number, PredictionsOf(trial, cancellationToken));
        }

        var comparisons = ModelComparison.Against(
            best,
            predictions,
            plan.Evaluation.Metrics[0],
            plan.Evaluation.Report with
            {
                Seeds = new SeedTree(plan.Experiment.Seed).Fork("comparison"),
                CancellationToken = cancellationToken,
            });
        foreach (var trial in predictions.Keys)
        {
            test[trial] = test[trial] with { Comparison = comparisons.GetValueOrDefault(trial) };
        }
    }

    private EvaluationData PredictionsOf(FinishedTrial trial, CancellationToken cancellationToken)
    {
        if (_predictions.TryGetValue(trial.Number, out var predictions))
        {
            return predictions;
        }

        var model = fits.Keep(trial, cancellationToken);
        using var native = model as IDisposable;
        return fits.PredictTest(model, cancellationToken);
    }
}
