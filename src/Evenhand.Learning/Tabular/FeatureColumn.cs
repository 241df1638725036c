using Evenhand.Data.Columns;

namespace Evenhand.Learning.Tabular;

/// <summary>A column as features: one standardized number, or one 0 or 1 for each category; and one that is 1 where the
/// value is missing, if any was in training.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Categories">The categories that occur in training; null where the column is numeric.</param>
/// <param name="Mean">Mean of the training values that are there; 0 for categories.</param>
/// <param name="Deviation">Their standard deviation, positive; 1 for categories.</param>
/// <param name="HasMissing">Whether a training row lacks the value.</param>
internal sealed record FeatureColumn(
    string Name, Vocabulary? Categories, double Mean, double Deviation, bool HasMissing)
{
    /// <summary>Number of features.</summary>
    public int Count => (Categories?.Count ?? 1) + (HasMissing ? 1 : 0);
}
