namespace Evenhand.Metrics;

/// <summary>The group of each row by one attribute; a crossing of attributes is an attribute like any other.</summary>
/// <param name="Attribute">Name of the attribute, such as <c>gender</c> or <c>gender*age-band</c>.</param>
/// <param name="Codes">Group code of each row of the evaluation; -1 where it is unknown: such rows count overall and in
/// no group.</param>
/// <param name="Groups">Names of the groups, in the order of their codes.</param>
public sealed record GroupCodes(string Attribute, int[] Codes, IReadOnlyList<string> Groups);
