namespace Evenhand.Metrics;

/// <summary>Sums of prediction errors over a population; an error is prediction minus label.</summary>
/// <param name="Weight">Sum of weights: the number of rows where rows are not weighted.</param>
/// <param name="Error">Weighted sum of errors.</param>
/// <param name="SquaredError">Weighted sum of squared errors.</param>
/// <param name="AbsoluteError">Weighted sum of absolute errors.</param>
public readonly record struct ErrorSums(double Weight, double Error, double SquaredError, double AbsoluteError);
