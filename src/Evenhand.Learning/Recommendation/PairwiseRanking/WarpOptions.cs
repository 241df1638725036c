using System.ComponentModel.DataAnnotations;
using Evenhand.Tuning;

namespace Evenhand.Learning;

/// <summary>Options of <see cref="WarpLearner"/>.</summary>
public sealed record WarpOptions : PairwiseRankingOptions
{
    /// <summary>How many items are drawn at most for one that ranks too high; more make later iterations slower and
    /// reach errors nearer to the top of the list.</summary>
    /// <value>10</value>
    [Range(1, 10_000)]
    [SearchRange(5, 50, Log = true)]
    public int MaximumSamples { get; init; } = 10;
}
