using Evenhand.Cli.Output;
using Evenhand.Configuration;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Running;
using Evenhand.Experiments.Studies;
using Evenhand.Learning;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Cli.Commands;

/// <summary>The model of a trial: kept, or fitted again.</summary>
internal static class TrialModel
{
    /// <summary>A trial that has a model.</summary>
    /// <exception cref="InputException">There is no such trial, or it failed or was pruned.</exception>
    public static FinishedTrial Find(StudyLibrary library, StudyRecord record, int number)
    {
        var finished = library.Storage.ReadTrial(record.Name, number)
            ?? throw ShowCommand.NoTrial(record.Name, number, library.Storage.CountTrials(record.Name));
        return finished.State switch
        {
            TrialState.Failed => throw new InputException($"Trial {number} failed and has no model: {finished.Error}"),
            TrialState.Pruned => throw new InputException(
                $"Trial {number} was pruned after step {finished.Reports[^1].Step} and has no model."),
            _ => finished,
        };
    }

    /// <summary>Fits the model of a trial that was no finalist: such models are not kept, and the same seed fits the
    /// same model again.</summary>
    public static Model FitAgain(
        ExperimentPlan plan,
        ExperimentData data,
        FinishedTrial trial,
        StudyArtifacts artifacts,
        ProgressReporter progress,
        CancellationToken cancellationToken)
    {
        progress.Line($"trial {trial.Number} was no finalist; fitting its model again");
        return new ExperimentRunner(plan, data, new RunReporter(progress, plan)).ModelOf(
            trial, artifacts, cancellationToken);
    }
}
