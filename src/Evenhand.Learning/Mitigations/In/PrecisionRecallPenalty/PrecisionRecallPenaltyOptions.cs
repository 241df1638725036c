using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.In.PrecisionRecallPenalty;

/// <summary>Options of <see cref="PrecisionRecallPenalty"/>.</summary>
public sealed record PrecisionRecallPenaltyOptions : MitigationOptions
{
    /// <summary>The attribute of the rows or users between whose groups precision and recall are compared.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.Row, GroupSide.User)]
    public string Group { get; init; } = "";

    /// <summary>Weight of the mean squared difference in precision times recall, against the mean loss of a
    /// row.</summary>
    /// <value>10</value>
    [Range(0.0, 1e6)]
    [SearchRange(1, 1000, Log = true)]
    public double Weight { get; init; } = 10;
}
