using Evenhand.Data;
using Evenhand.Data.Columns;

namespace Evenhand.Learning.Mitigations.Pre;

/// <summary>Puts weights on the rows of a data set.</summary>
public static class RowWeights
{
    private const string ColumnName = "evenhand-weight";

    /// <summary>The same rows, each weight multiplied by a factor; the factors are scaled to a mean weight of what it
    /// was before.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="factors">A positive factor for each row.</param>
    public static Dataset Multiply(Dataset data, double[] factors)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(factors);
        var old = data.Weight;
        var weights = new double[factors.Length];
        var (before, after) = (0.0, 0.0);
        for (var row = 0; row < weights.Length; row++)
        {
            var weight = old is null ? 1 : old.Values[row];
            weights[row] = weight * factors[row];
            before += weight;
            after += weights[row];
        }

        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] *= before / after;
        }

        return Replace(data, weights);
    }

    /// <summary>The same rows with other weights.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="weights">A positive weight for each row.</param>
    public static Dataset Replace(Dataset data, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(weights);
        var column = new NumericColumn(data.Weight?.Name ?? ColumnName, weights, ColumnRoles.Weight);
        return data.WithRows(new Table([.. data.Rows.Columns.Where(c => c.Name != column.Name), column]));
    }
}
