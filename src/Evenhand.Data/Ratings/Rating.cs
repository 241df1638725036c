using System.Runtime.InteropServices;

namespace Evenhand.Data.Ratings;

/// <summary>One rating, as it lies in a <see cref="RatingFile"/>.</summary>
/// <param name="User">Code of the user.</param>
/// <param name="Item">Code of the item.</param>
/// <param name="Value">What the user gave.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct Rating(int User, int Item, float Value);
