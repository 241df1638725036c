namespace Evenhand.Learning;

/// <summary>A sparse matrix in compressed rows.</summary>
/// <param name="starts">Index of each row's first element, and the number of all elements at the end.</param>
/// <param name="columns">Column of each element.</param>
/// <param name="values">Value of each element.</param>
/// <param name="columnCount">Number of columns.</param>
internal sealed class SparseMatrix(int[] starts, int[] columns, float[] values, int columnCount)
{
    private const int RowsOfJob = 1024;

    public int RowCount => starts.Length - 1;

    public int ColumnCount => columnCount;

    public ReadOnlySpan<int> ColumnsOf(int row) => columns.AsSpan(starts[row]..starts[row + 1]);

    public ReadOnlySpan<float> ValuesOf(int row) => values.AsSpan(starts[row]..starts[row + 1]);

    /// <summary>result = this * vector. Each row is one sum, so the result does not depend on the threads.</summary>
    public void Multiply(double[] vector, double[] result, int threads, CancellationToken cancellationToken)
    {
        var jobs = (RowCount + RowsOfJob - 1) / RowsOfJob;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, jobs, options, job =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(RowCount, (job + 1) * RowsOfJob);
            for (var row = job * RowsOfJob; row < end; row++)
            {
                var sum = 0.0;
                for (var i = starts[row]; i < starts[row + 1]; i++)
                {
                    sum += values[i] * vector[columns[i]];
                }

                result[row] = sum;
            }
        });
    }

    /// <summary>Rows as columns; the elements of each new row are in ascending order.</summary>
    public SparseMatrix Transpose()
    {
        var newStarts = new int[columnCount + 1];
        foreach (var column in columns)
        {
            newStarts[column + 1]++;
        }

        for (var column = 0; column < columnCount; column++)
        {
            newStarts[column + 1] += newStarts[column];
        }

        var next = newStarts.AsSpan(0, columnCount).ToArray();
        var newColumns = new int[columns.Length];
        var newValues = new float[columns.Length];
        for (var row = 0; row < RowCount; row++)
        {
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                var place = next[columns[i]]++;
                newColumns[place] = row;
                newValues[place] = values[i];
            }
        }

        return new SparseMatrix(newStarts, newColumns, newValues, RowCount);
    }
}
