namespace Evenhand.Configuration;

/// <summary>How far a long piece of work is.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 where it is not known.</param>
/// <param name="Unit">What is counted, such as <c>rows</c>, <c>iterations</c> or <c>trials</c>.</param>
public readonly record struct WorkProgress(long Done, long Total, string Unit);
