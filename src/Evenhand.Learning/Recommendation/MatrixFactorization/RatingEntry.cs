namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>One rating as the kernel reads it.</summary>
/// <param name="Row">Row of its user (or item) in the factor table of the rows.</param>
/// <param name="Column">Row of its item (or user) in the factor table of the columns.</param>
/// <param name="Value">The scaled rating.</param>
internal readonly record struct RatingEntry(int Row, int Column, float Value);
