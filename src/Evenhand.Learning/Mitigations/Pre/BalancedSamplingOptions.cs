using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre;

/// <summary>Options of <see cref="BalancedSampling"/>.</summary>
public sealed record BalancedSamplingOptions : MitigationOptions
{
    /// <summary>The attribute whose groups are to have equally many rows.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.User, GroupSide.Item, GroupSide.Row)]
    public string Group { get; init; } = "";

    /// <summary>Whether rows are repeated or left out.</summary>
    /// <value>Oversample</value>
    public BalancedSamplingMethod Method { get; init; } = BalancedSamplingMethod.Oversample;

    /// <summary>How far the sizes of the groups go towards equal ones: their logarithms move this share of the
    /// way.</summary>
    /// <value>1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Strength { get; init; } = 1;
}

/// <summary>How groups are made as large as each other.</summary>
public enum BalancedSamplingMethod
{
    /// <summary>Rows of smaller groups are repeated, up to the size of the largest.</summary>
    Oversample,

    /// <summary>Rows of larger groups are left out, down to the size of the smallest.</summary>
    Undersample,
}
