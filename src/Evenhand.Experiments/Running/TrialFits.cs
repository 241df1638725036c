using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Tuning.Space;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Running;

/// <summary>Fits the models of trials, each from a seed of its own, so that the same trial has the same model
/// again.</summary>
/// <param name="plan">The experiment.</param>
/// <param name="data">Its data.</param>
/// <param name="artifacts">Where the study keeps its models.</param>
/// <param name="listener">Told of progress, and of models that had to be fitted again.</param>
internal sealed class TrialFits(
    ExperimentPlan plan, ExperimentData data, StudyArtifacts artifacts, IRunListener listener)
{
    private readonly SeedTree _seeds = new(plan.Experiment.Seed);
    private readonly Evaluator _evaluator = new(plan.Evaluation);

    /// <summary>Fits the model of a trial.</summary>
    /// <param name="trial">Number of the trial.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="checkpoints">Folder for the state of the fit; null to keep none.</param>
    /// <param name="reports">Told of what the fit reports; null where nobody asks.</param>
    /// <param name="cancellationToken">Polled throughout.</param>
    public Model Fit(
        int trial,
        ParameterSet parameters,
        string? checkpoints,
        FitReports? reports,
        CancellationToken cancellationToken) =>
        plan.Learners.CreateLearner(parameters).Fit(data.Split.Train, new FitContext
        {
            Seeds = _seeds.Fork($"trial/{trial}/fit"),
            CancellationToken = cancellationToken,
            Threads = plan.Experiment.Budget.Threads,
            Progress = checkpoints is null ? listener.Advanced : work => listener.FitAdvanced(trial, work),
            CheckpointFolder = checkpoints,
            Listener = reports is null ? null : report => reports.Listen(report, cancellationToken),
        });

    /// <summary>Measures a model on the validation part.</summary>
    public Evaluation Validate(Model model, CancellationToken cancellationToken) =>
        _evaluator.Evaluate(model, data.Split.Validation, [data.Split.Train], cancellationToken);

    /// <summary>Measures a model on the test part.</summary>
    public Evaluation Test(Model model, CancellationToken cancellationToken) =>
        _evaluator.Evaluate(model, data.Split.Test, BeforeTest, cancellationToken);

    /// <summary>What a model predicts of the test part, beside the truth.</summary>
    public Evenhand.Metrics.Evaluations.EvaluationData PredictTest(Model model, CancellationToken cancellationToken) =>
        _evaluator.Predict(model, data.Split.Test, BeforeTest, cancellationToken);

    /// <summary>The model of a finished trial: as it was kept, else fitted again.</summary>
    /// <exception cref="InputException">It was kept, and is damaged.</exception>
    public Model KeptOrFitted(FinishedTrial trial, CancellationToken cancellationToken) =>
        artifacts.LoadModel(trial, plan.Registry) ?? FitAgain(trial, cancellationToken);

    /// <summary>The model of a finalist: one that was not kept, or is damaged, is fitted again, and kept if it is what
    /// was measured. With several threads some learners fit another one each time.</summary>
    public Model Keep(FinishedTrial trial, CancellationToken cancellationToken)
    {
        try
        {
            if (artifacts.LoadModel(trial, plan.Registry) is { } kept)
            {
                return kept;
            }
        }
        catch (InputException problem)
        {
            listener.Noted(problem.Message);
        }

        var model = FitAgain(trial, cancellationToken);
        var measures = Validate(model, cancellationToken).Figures.ToMeasures();
        if (measures.All(measure => measure.Value.Equals(trial.Measure(measure.Key))))
        {
            artifacts.SaveModel(trial.Number, trial.Attempt, model);
        }
        else
        {
            listener.Noted(
                $"the model of trial {trial.Number}, fitted again, is not the one that was measured; it is not kept");
        }

        return model;
    }

    private Dataset[] BeforeTest => [data.Split.Train, data.Split.Validation];

    private Model FitAgain(FinishedTrial trial, CancellationToken cancellationToken) =>
        Fit(trial.Number, trial.Parameters, null, null, cancellationToken);
}
