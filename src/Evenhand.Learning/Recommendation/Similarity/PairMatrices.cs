using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>The distinct user-item pairs of some rows as sparse matrices with a row for each user and a column for each
/// item; the columns of a row ascend.</summary>
internal static class PairMatrices
{
    /// <summary>The square root of each pair's weight, the sum of the weights of its rows: the entry of a choice in a
    /// least squares fit.</summary>
    public static SparseMatrix Choices(Interactions rows, CancellationToken cancellationToken) =>
        Merge(rows, null, cancellationToken).Signals;

    /// <summary>Merges the rows of each pair.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="values">A value d for each row; null where all are 1.</param>
    /// <param name="cancellationToken">Polled before each user.</param>
    /// <returns>Weights: w, the sum of the rows' weights. Signals: the weighted mean of d times the root of w, so that
    /// a sum of squares or products of signals counts a row of weight 2 as two rows.</returns>
    public static (SparseMatrix Weights, SparseMatrix Signals) Merge(
        Interactions rows, double[]? values, CancellationToken cancellationToken)
    {
        var index = EntityIndex.Of(rows.UserCodes, rows.ItemCodes, rows.Users.Count);
        var starts = new int[rows.Users.Count + 1];
        var items = new List<int>(rows.Count);
        var weights = new List<float>(rows.Count);
        var signals = new List<float>(rows.Count);
        for (var user = 0; user < rows.Users.Count; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = index.RowsOf(user).ToArray();
            Array.Sort(Array.ConvertAll(own, row => rows.ItemCodes[row]), own);
            for (var start = 0; start < own.Length;)
            {
                var item = rows.ItemCodes[own[start]];
                var (weight, sum) = (0.0, 0.0);
                for (; start < own.Length && rows.ItemCodes[own[start]] == item; start++)
                {
                    weight += rows.Weight(own[start]);
                    sum += rows.Weight(own[start]) * (values is null ? 1 : values[own[start]]);
                }

                items.Add(item);
                weights.Add((float)weight);
                signals.Add((float)(sum / Math.Sqrt(weight)));
            }

            starts[user + 1] = items.Count;
        }

        int[] columns = [.. items];
        return (
            new SparseMatrix(starts, columns, [.. weights], rows.Items.Count),
            new SparseMatrix(starts, columns, [.. signals], rows.Items.Count));
    }

    /// <summary>The sum of the squares of each column: with <see cref="Choices"/>, how often each item was
    /// chosen.</summary>
    public static double[] ColumnSquares(SparseMatrix matrix)
    {
        var squares = new double[matrix.ColumnCount];
        for (var row = 0; row < matrix.RowCount; row++)
        {
            var columns = matrix.ColumnsOf(row);
            var values = matrix.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                squares[columns[i]] += (double)values[i] * values[i];
            }
        }

        return squares;
    }
}
