using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Experiments.Files;

/// <summary>How long a study runs. It ends at whichever limit comes first, and where every configuration of the search
/// space has been run: none is run twice.</summary>
public sealed record BudgetSection : IOptionsRecord
{
    /// <summary>The most trials that a study may have.</summary>
    public const int MaximumTrials = 1_000_000;

    /// <summary>The most trials at the same time.</summary>
    public const int MaximumJobs = 1_024;

    private const int DefaultTrials = 50;

    /// <summary>Number of trials, each one set of options fitted and measured.</summary>
    /// <value>50, or no limit where a time is given</value>
    [Range(1, MaximumTrials)]
    public int? Trials { get; init; }

    /// <summary>Time after which no further trial begins, such as <c>90s</c>, <c>5m</c> or <c>1h30m</c>.</summary>
    /// <value>no limit</value>
    public TimeSpan? Time { get; init; }

    /// <summary>Trials that run at the same time. With one, a study is repeated bit by bit.</summary>
    /// <value>1</value>
    [Range(1, MaximumJobs)]
    public int Jobs { get; init; } = 1;

    /// <summary>Threads of each fit. With more than one, the learners of libtorch may give other last digits; all
    /// others give the same model.</summary>
    /// <value>1</value>
    [Range(1, 1_024)]
    public int Threads { get; init; } = 1;

    /// <summary>The limit on trials that holds: as given, else 50 where no time is given, else none.</summary>
    public int? TrialLimit => Trials ?? (Time is null ? DefaultTrials : null);

    /// <inheritdoc/>
    public IEnumerable<OptionProblem> Contradictions()
    {
        if (Time == TimeSpan.Zero)
        {
            yield return new OptionProblem("time", "must be longer than nothing");
        }
    }
}
