using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.In.ExposureRegularizer;

/// <summary>Options of <see cref="ExposureRegularizer"/>.</summary>
public sealed record ExposureRegularizerOptions : MitigationOptions
{
    /// <summary>The attribute of the items whose groups are to score alike on average.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.Item)]
    public string ItemGroup { get; init; } = "";

    /// <summary>Weight of the squared deviations of the groups' mean scores, against the weight with which all squared
    /// scores are drawn to 0. At 0 nothing changes.</summary>
    /// <value>1</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.1, 100, Log = true)]
    public double Weight { get; init; } = 1;
}
