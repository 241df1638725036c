namespace Evenhand.Learning;

/// <summary>A range of characters of a text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index after its last.</param>
internal readonly record struct TextSpan(int Start, int End);
