namespace Evenhand.Learning.Recommendation;

/// <summary>The items from which a user's list is made, with the model's scores, best first.</summary>
/// <param name="User">Code of the user in the model, or a negative number for an unknown one.</param>
/// <param name="Items">Distinct item codes of the model; seen items are not among them.</param>
/// <param name="Scores">Score of each item, descending; equal scores stand in the order of the codes.</param>
public sealed record Candidates(int User, int[] Items, double[] Scores);
