using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations.Pre;

/// <summary>Options of <see cref="InversePropensity"/>.</summary>
public sealed record InversePropensityOptions : MitigationOptions
{
    /// <summary>How strongly the chance of a row to be observed grows with the popularity of its item: a power of the
    /// item's count. At 0 every row weighs 1.</summary>
    /// <value>0.5</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Power { get; init; } = 0.5;

    /// <summary>Largest weight of a row, in units of the mean weight; larger ones are cut, which trades a little bias
    /// for much less variance.</summary>
    /// <value>20</value>
    [Range(1.0, 1e6)]
    [SearchRange(2, 100, Log = true)]
    public double LargestWeight { get; init; } = 20;
}
