using Evenhand.Data.Columns;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>A column of users or items as features: one for each category, or one standardized number.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Categories">The categories that are features; null where the column is numeric.</param>
/// <param name="Mean">Mean of a numeric column over the training entities.</param>
/// <param name="Deviation">Standard deviation of a numeric column over the training entities; positive.</param>
/// <param name="Low">Smallest value in training; smaller ones are taken for it.</param>
/// <param name="High">Largest value in training; larger ones are taken for it.</param>
public sealed record FeatureColumn(
    string Name, Vocabulary? Categories, double Mean, double Deviation, double Low, double High)
{
    /// <summary>Number of features.</summary>
    public int Count => Categories?.Count ?? 1;

    /// <summary>What of a column can be learned from; null where that is nothing.</summary>
    /// <remarks>A category of a single entity says no more than the entity's own feature, so it is left out. So are
    /// texts, and numbers that are all equal.</remarks>
    /// <param name="column">One row for each entity.</param>
    /// <param name="occurring">Codes of the entities that have training rows.</param>
    internal static FeatureColumn? Of(Column column, ReadOnlySpan<int> occurring) => column switch
    {
        CategoricalColumn categorical => OfCategories(categorical, occurring),
        NumericColumn numeric => OfNumbers(numeric, occurring),
        _ => null,
    };

    private static FeatureColumn? OfCategories(CategoricalColumn column, ReadOnlySpan<int> occurring)
    {
        var counts = new int[column.Vocabulary.Count];
        foreach (var entity in occurring)
        {
            if (!column.IsMissing(entity))
            {
                counts[column.Codes[entity]]++;
            }
        }

        var shared = column.Vocabulary.Values.Where((_, code) => counts[code] > 1).ToArray();
        return shared.Length == 0 ? null : new FeatureColumn(column.Name, new Vocabulary(shared), 0, 1, 0, 0);
    }

    private static FeatureColumn? OfNumbers(NumericColumn column, ReadOnlySpan<int> occurring)
    {
        var values = new List<double>(occurring.Length);
        foreach (var entity in occurring)
        {
            if (double.IsFinite(column.Values[entity]))
            {
                values.Add(column.Values[entity]);
            }
        }

        if (values.Count == 0)
        {
            return null;
        }

        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return deviation > 0 && double.IsFinite(deviation)
            ? new FeatureColumn(column.Name, null, mean, deviation, values.Min(), values.Max())
            : null;
    }
}
