namespace Evenhand.Learning;

/// <summary>Options of <see cref="BprLearner"/>.</summary>
public sealed record BprOptions : PairwiseRankingOptions;
