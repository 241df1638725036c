using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations.Post.Xquad;

/// <summary>Options of <see cref="Xquad"/>.</summary>
public sealed record XquadOptions : RerankingOptions
{
    /// <summary>When a group is covered by a list.</summary>
    /// <value>Smooth</value>
    public XquadCoverage Coverage { get; init; } = XquadCoverage.Smooth;

    /// <summary>Weight of covering the groups that the user turns to, against relevance (lambda of the papers). At 0
    /// lists stay as they are.</summary>
    /// <value>0.3</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 0.9)]
    public double Strength { get; init; } = 0.3;
}

/// <summary>When a group is covered by a list.</summary>
public enum XquadCoverage
{
    /// <summary>As soon as one of its items is in the list.</summary>
    Binary,

    /// <summary>By as much as its share of the list so far.</summary>
    Smooth,
}
