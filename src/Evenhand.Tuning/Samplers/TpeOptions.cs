using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Tuning.Samplers;

/// <summary>Options of the <see cref="TpeSampler"/>.</summary>
/// <remarks>It checks them.</remarks>
public sealed record TpeOptions : IOptionsRecord
{
    /// <summary>Trials with defined measures, or pruned ones, that are drawn at random before the estimators take
    /// over.</summary>
    /// <value>10</value>
    [Range(0, int.MaxValue)]
    public int StartupTrials { get; init; } = 10;

    /// <summary>Sets drawn from the good trials' estimator, of which the most promising one is proposed.</summary>
    /// <value>24</value>
    [Range(1, int.MaxValue)]
    public int Candidates { get; init; } = 24;

    /// <summary>Weight of the uniform prior in each estimator, where a trial weighs 1.</summary>
    /// <value>1</value>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double PriorWeight { get; init; } = 1;

    /// <summary>Largest number of trials that count as good.</summary>
    /// <value>25</value>
    [Range(1, int.MaxValue)]
    public int MostGood { get; init; } = 25;
}
