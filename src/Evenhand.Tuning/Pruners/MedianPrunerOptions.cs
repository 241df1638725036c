using System.ComponentModel.DataAnnotations;

namespace Evenhand.Tuning.Pruners;

/// <summary>Options of the <see cref="MedianPruner"/>.</summary>
public sealed record MedianPrunerOptions
{
    private readonly int _startupTrials = 5;
    private readonly int _warmupSteps;
    private readonly int _interval = 1;

    /// <summary>Trials that must have ended, complete or pruned, before any is pruned.</summary>
    /// <value>5</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    [Range(0, int.MaxValue)]
    public int StartupTrials
    {
        get => _startupTrials;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _startupTrials = value;
        }
    }

    /// <summary>First steps of a trial after which it is never pruned.</summary>
    /// <value>0</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    [Range(0, int.MaxValue)]
    public int WarmupSteps
    {
        get => _warmupSteps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _warmupSteps = value;
        }
    }

    /// <summary>Steps from one judgement to the next, the first one being that after the warm-up.</summary>
    /// <value>1</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    [Range(1, int.MaxValue)]
    public int Interval
    {
        get => _interval;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _interval = value;
        }
    }
}
