namespace Evenhand.Learning.Tabular.LinearRegression;

/// <summary>Options of <see cref="LinearRegressionLearner"/>.</summary>
public sealed record LinearRegressionOptions : LinearModelOptions;
