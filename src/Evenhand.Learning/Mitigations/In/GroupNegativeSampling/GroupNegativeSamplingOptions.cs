using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.In.GroupNegativeSampling;

/// <summary>Options of <see cref="GroupNegativeSampling"/>.</summary>
public sealed record GroupNegativeSamplingOptions : MitigationOptions
{
    /// <summary>The attribute of the items between whose groups fewer comparisons are made.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.Item)]
    public string ItemGroup { get; init; } = "";

    /// <summary>Share of the choices that are compared within their own group: 0 changes nothing, at 1 no item is
    /// compared with one of another group. Most of the effect lies near 1, since few comparisons between groups teach
    /// what many do until regularization outweighs them.</summary>
    /// <value>0.9</value>
    [Range(0.0, 1.0)]
    [SearchRange(0.5, 1)]
    public double Strength { get; init; } = 0.9;
}
