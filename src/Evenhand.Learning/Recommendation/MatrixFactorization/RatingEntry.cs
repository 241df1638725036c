namespace Evenhand.Learning;

/// <summary>One rating as the kernel reads it.</summary>
/// <param name="User">Row of the user in its factor table.</param>
/// <param name="Item">Row of the item in its factor table.</param>
/// <param name="Value">The scaled rating.</param>
/// <param name="Weight">Weight of the row.</param>
internal readonly record struct RatingEntry(int User, int Item, float Value, float Weight);
