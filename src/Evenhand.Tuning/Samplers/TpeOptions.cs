using System.ComponentModel.DataAnnotations;

namespace Evenhand.Tuning.Samplers;

/// <summary>Options of the <see cref="TpeSampler"/>.</summary>
public sealed record TpeOptions
{
    private readonly int _startupTrials = 10;
    private readonly int _candidates = 24;
    private readonly double _priorWeight = 1;
    private readonly int _mostGood = 25;

    /// <summary>Trials with defined measures, or pruned ones, that are drawn at random before the estimators take
    /// over.</summary>
    /// <value>10</value>
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

    /// <summary>Sets drawn from the good trials' estimator, of which the most promising one is proposed.</summary>
    /// <value>24</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    [Range(1, int.MaxValue)]
    public int Candidates
    {
        get => _candidates;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _candidates = value;
        }
    }

    /// <summary>Weight of the uniform prior in each estimator, where a trial weighs 1.</summary>
    /// <value>1</value>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double PriorWeight
    {
        get => _priorWeight;
        init => _priorWeight = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value,
                "The prior's weight must be positive and finite.");
    }

    /// <summary>Largest number of trials that count as good.</summary>
    /// <value>25</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    [Range(1, int.MaxValue)]
    public int MostGood
    {
        get => _mostGood;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _mostGood = value;
        }
    }
}
