namespace Evenhand.Data.Simulation;

/// <summary>One row of simulated data: a user was shown an item, tried it, rated it and reviewed it.</summary>
/// <param name="User">User code, from 0.</param>
/// <param name="Item">Item code, from 0.</param>
/// <param name="Rating">The rating, 1 to 5.</param>
/// <param name="Preference">What the user would give without noise, label bias and rounding: the truth, in
/// stars.</param>
/// <param name="Clicked">Whether the user clicked when the item was shown.</param>
/// <param name="Time">Moment, in seconds since 1970-01-01 UTC; within the year 2025.</param>
/// <param name="Text">The review; null where none is written.</param>
public readonly record struct Interaction(
    int User, int Item, int Rating, double Preference, bool Clicked, double Time, string? Text)
{
    /// <summary>Whether the user recommends the item: from four stars on.</summary>
    public bool Recommended => Rating >= 4;
}
