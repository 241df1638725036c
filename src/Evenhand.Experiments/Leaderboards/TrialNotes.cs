namespace Evenhand.Experiments.Leaderboards;

/// <summary>What must be known of a trial before its figures are quoted, in words.</summary>
public static class TrialNotes
{
    /// <summary>Sentences without a full stop; none where there is nothing to note.</summary>
    public static IEnumerable<string> Of(LeaderboardTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Constant)
        {
            yield return OfConstant("validation");
        }

        if (trial.Test is not { } test)
        {
            yield break;
        }

        if (test.Constant)
        {
            yield return OfConstant("test");
        }

        foreach (var limit in test.MissedLimits)
        {
            yield return $"misses on the test part: {limit}";
        }

        if (test.Feasible is null)
        {
            yield return "on the test part a figure that a limit reads is undefined";
        }
    }

    private static string OfConstant(string part) =>
        $"predicts the same for all of the {part} part: its gaps say nothing of fairness";
}
