using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Post.GroupCalibration;

/// <summary>Options of <see cref="GroupCalibration"/>.</summary>
public sealed record GroupCalibrationOptions : MitigationOptions
{
    /// <summary>The attribute whose groups are calibrated apart.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.User)]
    public string Group { get; init; } = "";

    /// <summary>Part of the training rows on which the lines are learned, with a model fitted on the others.</summary>
    /// <value>0.1</value>
    [Range(0.001, 0.9)]
    public double HoldOut { get; init; } = 0.1;

    /// <summary>How many ratings that were predicted without error each group is given beforehand; draws the lines of
    /// small groups to leaving predictions as they are.</summary>
    /// <value>50</value>
    [Range(0.0, 1e9)]
    [SearchRange(1, 1000, Log = true)]
    public double Damping { get; init; } = 50;

    /// <summary>How far a prediction moves to the line of its group: at 1 all the way, at 0 not at all.</summary>
    /// <value>1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Strength { get; init; } = 1;
}
