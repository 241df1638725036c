namespace Evenhand.Data.Simulation;

/// <summary>A kind of item that reviews are written about.</summary>
/// <param name="Name">Name of the category.</param>
/// <param name="Things">Words for an item of it.</param>
/// <param name="Aspects">What people notice about it.</param>
internal sealed record ReviewCategory(string Name, IReadOnlyList<string> Things, IReadOnlyList<string> Aspects);
