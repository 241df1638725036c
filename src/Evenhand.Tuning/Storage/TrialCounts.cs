namespace Evenhand.Tuning;

/// <summary>How many trials of a study have ended in each way.</summary>
/// <param name="Complete">Trials with measures.</param>
/// <param name="Failed">Trials that failed.</param>
public readonly record struct TrialCounts(int Complete, int Failed)
{
    /// <summary>All finished trials.</summary>
    public int Total => Complete + Failed;
}
