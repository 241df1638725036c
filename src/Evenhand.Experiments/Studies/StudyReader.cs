using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Learning;
using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Studies;

/// <summary>Reads what a study has found so far; never needs its data, and never disturbs a run that is going
/// on.</summary>
public static class StudyReader
{
    /// <summary>The leaderboard as of now.</summary>
    /// <param name="library">Where the study is.</param>
    /// <param name="study">The study.</param>
    /// <param name="top">How many trials to show, the best ones; null: all. All are ranked in either case.</param>
    /// <exception cref="InputException">The study was made by an incompatible version.</exception>
    public static Leaderboard Leaderboard(StudyLibrary library, StudyRecord study, int? top = null)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(study);
        var definition = StudyDefinition.FromJson(study.Definition);
        return LeaderboardBuilder.Build(
            study,
            definition,
            ExperimentPlan.Of(definition, library.Registry),
            library.Storage.ReadTrials(study.Name, payloads: top is null),
            library.Artifacts(study).ReadTest(),
            trial => StoredFigures.Of(
                study.Name,
                trial.Payload is null ? library.Storage.ReadTrial(study.Name, trial.Number)! : trial),
            top);
    }

    /// <summary>The model that a study has kept of a trial, or null where it has kept none.</summary>
    /// <param name="library">Where the study is.</param>
    /// <param name="study">The study.</param>
    /// <param name="trial">Number of the trial.</param>
    /// <exception cref="InputException">The file of the model is damaged.</exception>
    public static Model? LoadModel(StudyLibrary library, StudyRecord study, int trial)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(study);
        return library.Storage.ReadTrial(study.Name, trial) is { State: TrialState.Complete } finished
            ? library.Artifacts(study).LoadModel(finished, library.Registry)
            : null;
    }
}
