namespace Evenhand.Learning.Recommendation.Popularity;

/// <summary>Options of <see cref="PopularityLearner"/>.</summary>
public sealed record PopularityOptions : LearnerOptions
{
    /// <summary>What makes an item popular.</summary>
    /// <value>Rows</value>
    public PopularityMeasure Measure { get; init; } = PopularityMeasure.Rows;
}

/// <summary>What makes an item popular.</summary>
public enum PopularityMeasure
{
    /// <summary>The number of its rows (the sum of their weights, where the data has weights).</summary>
    Rows,

    /// <summary>The number of distinct users who chose it.</summary>
    Users,
}
