namespace Evenhand.Learning.Mitigations.In.GroupNegativeSampling;

/// <summary>How often choices are compared within their own group of items.</summary>
/// <param name="GroupOfItem">Group of each item by number; negative where unknown.</param>
/// <param name="Groups">Number of groups.</param>
/// <param name="Share">Share of the choices of known group that are.</param>
internal sealed record WithinGroups(int[] GroupOfItem, int Groups, double Share);
