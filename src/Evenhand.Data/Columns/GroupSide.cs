namespace Evenhand.Data.Columns;

/// <summary>Whose attribute it is: of the row itself, of its user or of its item.</summary>
public enum GroupSide
{
    /// <summary>One value for each row (the author of a review, a customer in a table).</summary>
    Row,

    /// <summary>One value for each user.</summary>
    User,

    /// <summary>One value for each item.</summary>
    Item,
}
