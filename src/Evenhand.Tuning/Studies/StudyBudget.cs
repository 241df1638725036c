namespace Evenhand.Tuning.Studies;

/// <summary>When a study stops asking for trials, and how many it runs at once.</summary>
public sealed record StudyBudget
{
    private readonly int? _trials;
    private readonly TimeSpan? _time;
    private readonly int _jobs = 1;

    /// <summary>Number of finished trials, those of earlier runs included; null for no limit.</summary>
    /// <value>null</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int? Trials
    {
        get => _trials;
        init
        {
            if (value is { } trials)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(trials, nameof(value));
            }

            _trials = value;
        }
    }

    /// <summary>Time from the start of this run after which no further trial is proposed; trials that run then are
    /// finished. Null for no limit.</summary>
    /// <value>null</value>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public TimeSpan? Time
    {
        get => _time;
        init
        {
            if (value is { } time)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(value));
            }

            _time = value;
        }
    }

    /// <summary>Number of trials that run at the same time. With more than one, what is proposed depends on which
    /// trial happens to finish first.</summary>
    /// <value>1</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Jobs
    {
        get => _jobs;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _jobs = value;
        }
    }
}
