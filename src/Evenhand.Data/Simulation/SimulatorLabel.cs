namespace Evenhand.Data.Simulation;

/// <summary>Which column of simulated data is the one to predict.</summary>
public enum SimulatorLabel
{
    /// <summary>The rating, 1 to 5.</summary>
    Rating,

    /// <summary>Whether the reviewer recommends the item: <c>yes</c> from four stars on.</summary>
    Recommended,

    /// <summary>Whether the user clicked on the item when it was shown.</summary>
    Clicked,

    /// <summary>What the rating says of the item: <c>negative</c> up to two stars, <c>neutral</c> with three,
    /// <c>positive</c> from four on.</summary>
    Sentiment,

    /// <summary>What the review is about: the category of the item, and <c>praise</c> from four stars on or
    /// <c>complaint</c> up to two.</summary>
    Tags,
}
