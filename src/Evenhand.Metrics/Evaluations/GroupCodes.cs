namespace Evenhand.Metrics.Evaluations;

/// <summary>The group of each row by one attribute; a crossing of attributes is an attribute like any other.</summary>
/// <param name="Attribute">Name of the attribute, such as <c>gender</c> or <c>gender*age-band</c>.</param>
/// <param name="Codes">Group code of each row of the evaluation; -1 where it is unknown: such rows count overall and in
/// no group.</param>
/// <param name="Groups">Names of the groups, in the order of their codes.</param>
public sealed record GroupCodes(string Attribute, int[] Codes, IReadOnlyList<string> Groups)
{
    /// <summary>Where a row can belong to several groups, as texts do that mention several: the groups of each code,
    /// each once. The groups then overlap, and a row counts in all of its own.</summary>
    /// <value>Null: a code is the number of its one group.</value>
    public IReadOnlyList<int[]>? GroupsOfCode { get; init; }

    /// <summary>Number of different codes.</summary>
    internal int CodeCount => GroupsOfCode?.Count ?? Groups.Count;
}
