using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;

namespace Evenhand.Learning.Mitigations.Post.FaIr;

/// <summary>Options of <see cref="FaIr"/>.</summary>
public sealed record FaIrOptions : RerankingOptions
{
    /// <summary>Name of the protected group.</summary>
    /// <value>the group whose share of the training rows falls furthest, in proportion, behind its share of the
    /// catalogue</value>
    public string Protected { get; init; } = "";

    /// <summary>The share of the places that is due to the protected group.</summary>
    /// <value>Catalogue</value>
    public TargetShare Target { get; init; } = TargetShare.Catalogue;

    /// <summary>What the due share is multiplied by to give the minimum proportion p of the paper. At 0 lists stay as
    /// they are.</summary>
    /// <value>1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Strength { get; init; } = 1;

    /// <summary>Significance of the test that every list passes: the probability that a list drawn fairly would have
    /// failed in any of its prefixes. Larger is stricter.</summary>
    /// <value>0.1</value>
    [Range(0.0001, 0.9999)]
    [SearchRange(0.01, 0.5, Log = true)]
    public double Alpha { get; init; } = 0.1;
}
