using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.In.GroupDro;

/// <summary>Options of <see cref="GroupDro"/>.</summary>
public sealed record GroupDroOptions : MitigationOptions
{
    /// <summary>The attribute whose worst group is to be as good as possible: of the users, or of the rows where labels
    /// are classified.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.User, GroupSide.Row)]
    public string Group { get; init; } = "";

    /// <summary>Step of the ascent on the groups' weights, for each iteration and unit of loss. At 0 every row weighs
    /// what it weighed before, whatever its group.</summary>
    /// <value>0.1</value>
    [Range(0.0, 100.0)]
    [SearchRange(0.01, 1, Log = true)]
    public double StepSize { get; init; } = 0.1;
}
