namespace Evenhand.Learning;

/// <summary>The groups of training rows.</summary>
/// <param name="Codes">Group of each row, negative where unknown.</param>
/// <param name="Count">Number of groups.</param>
public sealed record RowGroups(int[] Codes, int Count);
