namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>An observed pair as the descent visits it.</summary>
/// <param name="User">Row of the user in its factor table.</param>
/// <param name="Item">Row of the item in its factor table.</param>
/// <param name="Weight">Weight of the pair against the mean.</param>
internal readonly record struct PositivePair(int User, int Item, float Weight);
