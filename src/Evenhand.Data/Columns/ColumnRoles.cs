namespace Evenhand.Data.Columns;

/// <summary>What a column is for. A column may have several roles: age can be a feature and a group
/// attribute.</summary>
[Flags]
public enum ColumnRoles
{
    /// <summary>Carried along, used by nothing.</summary>
    None = 0,

    /// <summary>Identifies the user (customer, rater, household) of a row.</summary>
    User = 1,

    /// <summary>Identifies the item (film, product, lecturer) of a row.</summary>
    Item = 2,

    /// <summary>The value to predict: a rating, a class, an amount.</summary>
    Label = 4,

    /// <summary>Free text, such as the body of a review.</summary>
    Text = 8,

    /// <summary>An input of a learner.</summary>
    Feature = 16,

    /// <summary>A group attribute over which fairness is measured (gender, age band, country).</summary>
    Group = 32,

    /// <summary>Moment of the row, in seconds since 1970-01-01 UTC.</summary>
    Time = 64,

    /// <summary>Weight of the row in training and evaluation; positive.</summary>
    Weight = 128,
}
