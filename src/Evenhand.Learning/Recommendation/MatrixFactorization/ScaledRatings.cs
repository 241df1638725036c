using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Ratings as gradient descent takes them: renumbered users and items, scaled values, weights of mean
/// 1.</summary>
/// <remarks>The larger of the two sides makes the rows, the other one the columns.</remarks>
internal sealed class ScaledRatings
{
    private readonly Interactions _interactions;
    private readonly Renumbering _rowNumbers;
    private readonly Renumbering _columnNumbers;
    private readonly int[] _rowCodes;
    private readonly int[] _columnCodes;
    private readonly RatingScale _scale;
    private readonly double _weightUnit;
    private readonly bool _weighted;

    /// <param name="interactions">The ratings.</param>
    /// <param name="labels">Their scale.</param>
    /// <param name="centred">Whether values are differences from the mean.</param>
    /// <param name="users">Numbers of the users.</param>
    /// <param name="items">Numbers of the items.</param>
    /// <param name="weighted">Whether ratings carry weights even where all weigh the same.</param>
    public ScaledRatings(
        Interactions interactions,
        LabelScale labels,
        bool centred,
        Renumbering users,
        Renumbering items,
        bool weighted)
    {
        _weighted = weighted || interactions.Weights is not null;
        _interactions = interactions;
        UsersAreRows = AreUsersRows(users.Count, items.Count);
        (_rowNumbers, _columnNumbers) = UsersAreRows ? (users, items) : (items, users);
        (_rowCodes, _columnCodes) = UsersAreRows
            ? (interactions.UserCodes, interactions.ItemCodes)
            : (interactions.ItemCodes, interactions.UserCodes);
        _scale = new RatingScale(labels, centred);
        // A mean weight of 1 keeps the meaning of the step whatever the unit of the weights.
        _weightUnit = interactions.Weights?.Average() ?? 1;
    }

    /// <summary>Whether rows are users and columns items; otherwise it is the other way round.</summary>
    public bool UsersAreRows { get; }

    public int Count => _interactions.Count;

    public int Rows => _rowNumbers.Count;

    public int Columns => _columnNumbers.Count;

    public bool IsWeighted => _weighted;

    public RatingEntry this[int rating] =>
        new(RowOf(rating), ColumnOf(rating), _scale.Of(_interactions.Labels![rating]));

    /// <summary>Which side makes the rows.</summary>
    /// <param name="users">Number of users.</param>
    /// <param name="items">Number of items.</param>
    public static bool AreUsersRows(int users, int items) => users >= items;

    public int RowOf(int rating) => _rowNumbers[_rowCodes[rating]];

    public int ColumnOf(int rating) => _columnNumbers[_columnCodes[rating]];

    public float WeightOf(int rating) => (float)(_interactions.Weight(rating) / _weightUnit);
}
