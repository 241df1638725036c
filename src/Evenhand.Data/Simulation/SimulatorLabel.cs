namespace Evenhand.Data;

/// <summary>Which column of simulated data is the one to predict.</summary>
public enum SimulatorLabel
{
    /// <summary>The rating, 1 to 5.</summary>
    Rating,

    /// <summary>Whether the reviewer recommends the item: <c>yes</c> from four stars on.</summary>
    Recommended,

    /// <summary>Whether the user clicked on the item when it was shown.</summary>
    Clicked,
}
