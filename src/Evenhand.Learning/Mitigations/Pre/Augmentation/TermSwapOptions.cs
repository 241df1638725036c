using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre.Augmentation;

/// <summary>Options of <see cref="TermSwap"/>.</summary>
public sealed record TermSwapOptions : MitigationOptions
{
    /// <summary>The attribute of identity terms whose terms are swapped; one of those of data.identity.</summary>
    /// <value>none: it must be given</value>
    [GroupName(GroupSide.Row, OfTerms = true)]
    public string Group { get; init; } = "";

    /// <summary>Whether the swapped text joins the original or takes its place.</summary>
    /// <value>Add</value>
    public TermSwapMethod Method { get; init; } = TermSwapMethod.Add;

    /// <summary>Probability with which a row that holds a term is swapped. With <c>replace</c>, 0.5 makes the terms of
    /// two groups equally likely for every label.</summary>
    /// <value>1</value>
    [Range(0.0, 1.0)]
    [SearchRange(0, 1)]
    public double Probability { get; init; } = 1;
}

/// <summary>What becomes of a row whose terms are swapped.</summary>
public enum TermSwapMethod
{
    /// <summary>The row stays, and a swapped copy with the same label is added.</summary>
    Add,

    /// <summary>The swapped text takes the place of the row's.</summary>
    Replace,
}
