using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.In.FairnessRegularizer;

/// <summary>Options of <see cref="FairnessRegularizer"/>.</summary>
public sealed record FairnessRegularizerOptions : MitigationOptions
{
    /// <summary>The attribute of the users between whose groups the unfairness is measured.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.User)]
    public string Group { get; init; } = "";

    /// <summary>Which unfairness is added to the loss.</summary>
    /// <value>Value</value>
    public Unfairness Unfairness { get; init; } = Unfairness.Value;

    /// <summary>Weight of the unfairness against the mean squared error, both in units of the labels' standard
    /// deviation.</summary>
    /// <value>1</value>
    [Range(0.0, 1e4)]
    [SearchRange(0.1, 10, Log = true)]
    public double Weight { get; init; } = 1;
}

/// <summary>An unfairness of predicted ratings between two groups of users, after Yao and Huang 2017. With e and f the
/// mean errors (prediction less label) of an item in the two groups, the first four are means over items.</summary>
public enum Unfairness
{
    /// <summary><c>|e - f|</c>: one group's ratings are predicted too high where the other's are too low.</summary>
    Value,

    /// <summary><c>||e| - |f||</c>: one group's predictions are further off, whichever way.</summary>
    Absolute,

    /// <summary><c>|max(0, -e) - max(0, -f)|</c>: one group's ratings are predicted too low.</summary>
    Under,

    /// <summary><c>|max(0, e) - max(0, f)|</c>: one group's ratings are predicted too high.</summary>
    Over,

    /// <summary>Difference between the mean predictions of the groups, over all items.</summary>
    NonParity,
}
