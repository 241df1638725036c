using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.In.AdversarialDebiasing;

/// <summary>Options of <see cref="AdversarialDebiasing"/>.</summary>
public sealed record AdversarialDebiasingOptions : MitigationOptions
{
    /// <summary>The attribute of the rows or users that the adversary is to tell.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.Row, GroupSide.User)]
    public string Group { get; init; } = "";

    /// <summary>Factor of the reversed gradient at the end of the training; it grows to it from 0.</summary>
    /// <value>1</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.1, 10, Log = true)]
    public double Weight { get; init; } = 1;

    /// <summary>Whether the adversary also sees the label: then groups are to look alike among texts of the same label
    /// (equalized odds), else among all (demographic parity).</summary>
    /// <value>false</value>
    public bool ConditionOnLabel { get; init; }
}
