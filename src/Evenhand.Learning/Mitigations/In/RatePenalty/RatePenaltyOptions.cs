using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.In.RatePenalty;

/// <summary>Options of <see cref="RatePenalty"/>.</summary>
public sealed record RatePenaltyOptions : MitigationOptions
{
    /// <summary>The attribute of the rows or users between whose groups the rates are compared.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.Row, GroupSide.User)]
    public string Group { get; init; } = "";

    /// <summary>The rate.</summary>
    /// <value>TruePositive</value>
    public GroupRate Rate { get; init; } = GroupRate.TruePositive;

    /// <summary>Weight of the mean squared difference in rates, against the mean loss of a row.</summary>
    /// <value>10</value>
    [Range(0.0, 1e6)]
    [SearchRange(1, 1000, Log = true)]
    public double Weight { get; init; } = 10;
}
