using System.ComponentModel.DataAnnotations;
using Evenhand.Configuration;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Post.CpFair;

/// <summary>Options of <see cref="CpFair"/>.</summary>
public sealed record CpFairOptions : RerankingOptions
{
    /// <summary>The attribute of the items whose groups are to have their shares of the places; where it is left out,
    /// only users are looked at. Items of unknown group count for no group.</summary>
    /// <value>none: the item side is left out</value>
    [GroupName(GroupSide.Item, Optional = true)]
    public override string ItemGroup { get; init; } = "";

    /// <summary>The attribute of the users whose groups are to have lists of equal worth; where it is left out, only
    /// items are looked at. Users of unknown group count for no group.</summary>
    /// <value>none: the user side is left out</value>
    [GroupName(GroupSide.User, Optional = true)]
    public string Group { get; init; } = "";

    /// <summary>The share of the places that is due to a group of items.</summary>
    /// <value>Catalogue</value>
    [Unless(nameof(ItemGroup), "")]
    public TargetShare Target { get; init; } = TargetShare.Catalogue;

    /// <summary>How the lists are found.</summary>
    /// <value>LinearProgram</value>
    public CpFairSolver Solver { get; init; } = CpFairSolver.LinearProgram;

    /// <summary>Weight of the item side, against mean relevance (lambda 2 of the paper).</summary>
    /// <value>0.5</value>
    [Unless(nameof(ItemGroup), "")]
    [Range(0.0, 100.0)]
    [SearchRange(0, 1)]
    public double ItemStrength { get; init; } = 0.5;

    /// <summary>Weight of the user side, against mean relevance (lambda 1 of the paper).</summary>
    /// <value>0.5</value>
    [Unless(nameof(Group), "")]
    [Range(0.0, 100.0)]
    [SearchRange(0, 1)]
    public double UserStrength { get; init; } = 0.5;

    /// <summary>How many steps the prices take; each makes all lists anew.</summary>
    /// <value>100</value>
    [When(nameof(Solver), CpFairSolver.LinearProgram)]
    [Range(1, 100_000)]
    public int NumberOfIterations { get; init; } = 100;
}

/// <summary>How the lists of <see cref="CpFair"/> are found.</summary>
public enum CpFairSolver
{
    /// <summary>In one pass: groups that are behind in the model's own lists get the whole weight as a bonus, those
    /// that are ahead as a malus. Exact where the differences count with the sign that they have there, as in the
    /// authors' program; may overshoot parity.</summary>
    Greedy,

    /// <summary>By prices that minimise the dual of the linear program, then exchanges of single items.</summary>
    LinearProgram,
}
