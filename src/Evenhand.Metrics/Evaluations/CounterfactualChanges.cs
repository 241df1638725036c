namespace Evenhand.Metrics.Evaluations;

/// <summary>How the predictions of rows change where the identity terms of an attribute are swapped.</summary>
/// <param name="Attribute">Name of the attribute.</param>
/// <param name="Flips">For each row the share of its counterfactuals that are decided otherwise than the row, in
/// [0, 1]; NaN for rows that have none, because they hold no term that can be swapped.</param>
/// <param name="Changes">For each row the mean over its counterfactuals of how far the score moves, in [0, 1]; NaN for
/// rows that have none.</param>
public sealed record CounterfactualChanges(string Attribute, double[] Flips, double[] Changes);
