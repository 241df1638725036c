namespace Evenhand.Metrics;

/// <summary>Rows of a population by true and decided class; sums of weights where rows are weighted.</summary>
/// <param name="TrueNegatives">Negative, decided negative.</param>
/// <param name="FalsePositives">Negative, decided positive.</param>
/// <param name="FalseNegatives">Positive, decided negative.</param>
/// <param name="TruePositives">Positive, decided positive.</param>
public readonly record struct Confusion(
    double TrueNegatives, double FalsePositives, double FalseNegatives, double TruePositives)
{
    /// <summary>Rows that are positive.</summary>
    public double Positives => FalseNegatives + TruePositives;

    /// <summary>Rows that are negative.</summary>
    public double Negatives => TrueNegatives + FalsePositives;

    /// <summary>Rows that are decided positive.</summary>
    public double Selected => FalsePositives + TruePositives;

    /// <summary>All rows.</summary>
    public double Total => Positives + Negatives;
}
