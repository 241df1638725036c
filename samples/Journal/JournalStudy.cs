using Evenhand.Tuning.Storage;
using Evenhand.Tuning.Trials;

namespace Journal;

/// <summary>A study as the lines of a journal have made it.</summary>
internal sealed class JournalStudy(StudyRecord record)
{
    public StudyRecord Record { get; } = record;

    public SortedDictionary<int, FinishedTrial> Trials { get; } = [];

    /// <summary>The last claim of each trial, and whose it is; null once it has been given up.</summary>
    public SortedDictionary<int, (TrialClaim Claim, string? Owner)> Claims { get; } = [];

    public void Apply(JournalEntry entry)
    {
        if (entry.Claimed is { } claim)
        {
            Claims[claim.Number] = (claim, entry.Owner);
        }
        else if (entry.Released is { } released)
        {
            Claims[released] = (Claims[released].Claim, null);
        }
        else if (entry.Finished is { } trial)
        {
            Trials.Add(trial.Number, trial);
            Claims[trial.Number] = (new TrialClaim(trial.Number, trial.Attempt, trial.Parameters, IsHeld: false), null);
        }

        foreach (var discarded in entry.Discarded ?? [])
        {
            Trials.Remove(discarded);
        }
    }
}
