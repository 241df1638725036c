using Evenhand.Tuning;

namespace Evenhand.Experiments;

/// <summary>Reads what a study has found so far; never needs its data, and never disturbs a run that is going on.</summary>
public static class StudyReader
{
    /// <summary>The leaderboard as of now.</summary>
    /// <exception cref="Data.InputException">The study was made by an incompatible version.</exception>
    public static Leaderboard Leaderboard(StudyLibrary library, StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(study);
        var definition = StudyDefinition.FromJson(study.Definition);
        return LeaderboardBuilder.Build(
            study,
            definition,
            StudyPlan.Of(definition),
            library.Storage.ReadTrials(study.Name),
            library.Folder(study).ReadTest());
    }
}
