using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations.Post.DeterministicSorting;

/// <summary>Options of <see cref="DeterministicSorting"/>.</summary>
public sealed record DeterministicSortingOptions : RerankingOptions
{
    /// <summary>How the next place is given where more than one group may have it.</summary>
    /// <value>DetConstSort</value>
    public DeterministicSortingAlgorithm Algorithm { get; init; } = DeterministicSortingAlgorithm.DetConstSort;

    /// <summary>The share of the places of each prefix that is due to each group.</summary>
    /// <value>Catalogue</value>
    public TargetShare Target { get; init; } = TargetShare.Catalogue;

    /// <summary>The part of the places that follows the target; the rest goes by score. At 1 the algorithms are those
    /// of the paper, at 0 lists stay as they are.</summary>
    /// <value>1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Strength { get; init; } = 1;
}

/// <summary>The algorithms of Geyik, Ambler and Kenthapadi 2019.</summary>
public enum DeterministicSortingAlgorithm
{
    /// <summary>The best item of the groups that are below their minimum; where none is, of those below their
    /// maximum.</summary>
    DetGreedy,

    /// <summary>As DetGreedy, but where no group is below its minimum, of the group that will be soonest.</summary>
    DetCons,

    /// <summary>As DetCons, with the time at which a group will be below its minimum rounded up to whole places, and
    /// ties broken by score.</summary>
    DetRelaxed,

    /// <summary>Items enter as their group's minimum rises, and then move up past worse ones as far as those can wait:
    /// feasible for any number of groups.</summary>
    DetConstSort,
}
