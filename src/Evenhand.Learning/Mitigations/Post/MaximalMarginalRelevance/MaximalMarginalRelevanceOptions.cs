using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Post.MaximalMarginalRelevance;

/// <summary>Options of <see cref="MaximalMarginalRelevance"/>.</summary>
public sealed record MaximalMarginalRelevanceOptions : RerankingOptions
{
    /// <summary>The attribute of the items by which they are alike. Items of
    /// unknown group are like no other.</summary>
    /// <value>none: it must be given for a similarity of groups</value>
    [When(nameof(Similarity), ItemSimilarity.Group)]
    [GroupName(GroupSide.Item, Optional = true)]
    public override string ItemGroup { get; init; } = "";

    /// <summary>What makes two items alike.</summary>
    /// <value>Group</value>
    public ItemSimilarity Similarity { get; init; } = ItemSimilarity.Group;

    /// <summary>Weight of being unlike the items above, against relevance (1 - lambda of the paper). At 0 lists stay as
    /// they are.</summary>
    /// <value>0.3</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 0.9)]
    public double Strength { get; init; } = 0.3;
}

/// <summary>What makes two items alike.</summary>
public enum ItemSimilarity
{
    /// <summary>1 for two items of the same group, else 0.</summary>
    Group,

    /// <summary>Cosine of the sets of their training users: n(i, j) / sqrt(n(i) n(j)), in [0, 1].</summary>
    Users,
}
