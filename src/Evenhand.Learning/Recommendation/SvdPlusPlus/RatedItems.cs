namespace Evenhand.Learning.Recommendation.SvdPlusPlus;

/// <summary>One rating of a user.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Value">The scaled rating.</param>
/// <param name="Weight">Weight of the row.</param>
internal readonly record struct RatedItem(int Item, float Value, float Weight);

/// <summary>What one user rated.</summary>
/// <param name="Ratings">The ratings, one for each row; reordered by the fit.</param>
/// <param name="Items">Codes of the distinct items, ascending.</param>
internal sealed record RatedItems(RatedItem[] Ratings, int[] Items)
{
    /// <summary><c>|N|^-1/2</c>, and 0 where nothing was rated.</summary>
    public float Norm { get; } = Items.Length == 0 ? 0 : (float)(1 / Math.Sqrt(Items.Length));

    /// <param name="rows">All rows.</param>
    /// <param name="own">The user's rows.</param>
    /// <param name="labels">Scale of the labels.</param>
    /// <param name="unit">The weight that counts as 1.</param>
    public static RatedItems Of(Interactions rows, ReadOnlySpan<int> own, LabelScale labels, double unit)
    {
        var ratings = new RatedItem[own.Length];
        for (var i = 0; i < ratings.Length; i++)
        {
            ratings[i] = new RatedItem(
                rows.ItemCodes[own[i]],
                (float)((rows.Labels![own[i]] - labels.Mean) / labels.Deviation),
                (float)(rows.Weight(own[i]) / unit));
        }

        return new RatedItems(ratings, [.. ratings.Select(rating => rating.Item).Distinct().Order()]);
    }
}
