using System.ComponentModel.DataAnnotations;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>What all re-rankers are told.</summary>
public abstract record RerankingOptions : MitigationOptions
{
    /// <summary>The attribute of the items whose groups the lists are to be fair to. Items of unknown group stay
    /// candidates; each re-ranker says how it treats them.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.Item)]
    public virtual string ItemGroup { get; init; } = "";

    /// <summary>How many of a user's best items a list is made from; at least as many as the list is long.</summary>
    /// <value>100</value>
    [Range(1, 100_000)]
    public int CandidateCount { get; init; } = 100;
}
