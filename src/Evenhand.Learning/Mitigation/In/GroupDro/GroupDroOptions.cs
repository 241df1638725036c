using System.ComponentModel.DataAnnotations;
using Evenhand.Data;
using Evenhand.Tuning;

namespace Evenhand.Learning;

/// <summary>Options of <see cref="GroupDro"/>.</summary>
public sealed record GroupDroOptions : MitigationOptions
{
    /// <summary>The attribute of the users whose worst group is to be as good as possible.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.User)]
    public string Group { get; init; } = "";

    /// <summary>Step of the ascent on the groups' weights, for each iteration and unit of squared error (in units of
    /// the labels' variance). At 0 every rating weighs what it weighed before, whatever its group.</summary>
    /// <value>0.1</value>
    [Range(0.0, 100.0)]
    [SearchRange(0.01, 1, Log = true)]
    public double StepSize { get; init; } = 0.1;
}
