namespace Evenhand.Learning.Mitigations.In;

/// <summary>A statistic of the soft counts of one group, with its derivatives.</summary>
/// <param name="Value">The statistic.</param>
/// <param name="ByTruePositives">Derivative by the soft count of true positives.</param>
/// <param name="ByFalsePositives">Derivative by the soft count of false positives.</param>
public readonly record struct GroupStatistic(double Value, double ByTruePositives, double ByFalsePositives);
