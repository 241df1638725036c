using Evenhand.Learning.Classes;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Text.Features;

namespace Evenhand.Learning.Text.Linear;

/// <summary>What a linear model of texts consists of.</summary>
/// <param name="Features">Makes features of texts.</param>
/// <param name="Classes">What is told apart; k scores.</param>
/// <param name="Weights">Of feature j for score c at <c>j * k + c</c>.</param>
/// <param name="Intercepts">Of each score.</param>
/// <param name="Means">Mean value of each feature in the training texts.</param>
internal sealed record LinearTextState(
    TextFeatures Features, LabelClasses Classes, double[] Weights, double[] Intercepts, double[] Means)
{
    /// <summary>The mean of each column.</summary>
    public static double[] MeansOf(SparseMatrix rows)
    {
        var means = new double[rows.ColumnCount];
        for (var row = 0; row < rows.RowCount; row++)
        {
            var values = rows.ValuesOf(row);
            var columns = rows.ColumnsOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                means[columns[i]] += values[i];
            }
        }

        foreach (ref var mean in means.AsSpan())
        {
            mean /= rows.RowCount;
        }

        return means;
    }
}
