namespace Evenhand.Data.Splits;

/// <summary>Which of a user's rows are held out of training.</summary>
public enum HoldOutOrder
{
    /// <summary>Any of them, at random.</summary>
    Random,

    /// <summary>The latest by the time column; the test rows are later than the validation rows. Ties are broken at
    /// random.</summary>
    Latest,
}
