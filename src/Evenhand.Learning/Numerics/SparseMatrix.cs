using System.Runtime.CompilerServices;

namespace Evenhand.Learning.Numerics;

/// <summary>A sparse matrix in compressed rows. Immutable.</summary>
public sealed class SparseMatrix
{
    private const int RowsOfJob = 2048;

    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;

    /// <summary>A matrix of given elements; the arrays are kept and must not change.</summary>
    /// <param name="starts">Index of each row's first element, and the number of all elements at the end.</param>
    /// <param name="columns">Column of each element; all of them in 0 .. columnCount - 1.</param>
    /// <param name="values">Value of each element.</param>
    /// <param name="columnCount">Number of columns.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public SparseMatrix(int[] starts, int[] columns, float[] values, int columnCount)
    {
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        if (starts.Length == 0 || starts[^1] != columns.Length || columns.Length != values.Length)
        {
            throw new ArgumentException($"{columns.Length} columns and {values.Length} values do not make the rows.");
        }

        _starts = starts;
        _columns = columns;
        _values = values;
        ColumnCount = columnCount;
    }

    /// <summary>Number of rows.</summary>
    public int RowCount => _starts.Length - 1;

    /// <summary>Number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>Number of stored elements.</summary>
    public int ElementCount => _values.Length;

    /// <summary>The column of each element of a row.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>The value of each element of a row, in the order of <see cref="ColumnsOf"/>.</summary>
    public ReadOnlySpan<float> ValuesOf(int row) => _values.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>result = this * vector. Each row is one sum, so the result does not depend on the threads.</summary>
    internal void Multiply(double[] vector, double[] result, int threads, CancellationToken cancellationToken) =>
        ForRows(threads, (from, to) => MultiplyRows(from, to, vector, result), cancellationToken);

    /// <summary>result = this * vectors, for several vectors at once.</summary>
    /// <param name="vectors">Element of column c of vector v at <c>c * width + v</c>; more may follow.</param>
    /// <param name="result">Element of row r at <c>r * width + v</c>; overwritten.</param>
    /// <param name="width">Number of vectors.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="cancellationToken">Polled by each job.</param>
    internal void Multiply(
        double[] vectors, double[] result, int width, int threads, CancellationToken cancellationToken)
    {
        if (width == 1)
        {
            Multiply(vectors, result, threads, cancellationToken);
        }
        else
        {
            ForRows(threads, (from, to) => MultiplyRows(from, to, vectors, result, width), cancellationToken);
        }
    }

    /// <summary>For each row, result = the sum over its elements of weight of the column times square of the
    /// element.</summary>
    internal void WeighSquares(double[] weights, double[] result, int threads, CancellationToken cancellationToken) =>
        ForRows(threads, (from, to) => WeighSquaresOfRows(from, to, weights, result), cancellationToken);

    /// <summary>For each row and vector of weights, result = the sum over the row's elements of weight of the column
    /// times square of the element.</summary>
    /// <inheritdoc cref="Multiply(double[], double[], int, int, CancellationToken)"/>
    internal void WeighSquares(
        double[] weights, double[] result, int width, int threads, CancellationToken cancellationToken) =>
        ForRows(threads, (from, to) => WeighSquaresOfRows(from, to, weights, result, width), cancellationToken);

    /// <summary>Rows as columns; the elements of each new row are in ascending order.</summary>
    public SparseMatrix Transpose()
    {
        var starts = new int[ColumnCount + 1];
        foreach (var column in _columns)
        {
            starts[column + 1]++;
        }

        for (var column = 0; column < ColumnCount; column++)
        {
            starts[column + 1] += starts[column];
        }

        var next = starts.AsSpan(0, ColumnCount).ToArray();
        var columns = new int[_columns.Length];
        var values = new float[_columns.Length];
        for (var row = 0; row < RowCount; row++)
        {
            for (var i = _starts[row]; i < _starts[row + 1]; i++)
            {
                var place = next[_columns[i]]++;
                columns[place] = row;
                values[place] = _values[i];
            }
        }

        return new SparseMatrix(starts, columns, values, RowCount);
    }

    /// <summary>The rows of some matrices, one after the other.</summary>
    internal static SparseMatrix Concatenate(ReadOnlySpan<SparseMatrix> parts, int columnCount)
    {
        var (rows, elements) = (0, 0);
        foreach (var part in parts)
        {
            rows += part.RowCount;
            elements = checked(elements + part.ElementCount);
        }

        var starts = new int[rows + 1];
        var columns = new int[elements];
        var values = new float[elements];
        var (row, next) = (0, 0);
        foreach (var part in parts)
        {
            part._columns.CopyTo(columns, next);
            part._values.CopyTo(values, next);
            foreach (var start in part._starts.AsSpan(1))
            {
                starts[++row] = next + start;
            }

            next += part.ElementCount;
        }

        return new SparseMatrix(starts, columns, values, columnCount);
    }

    /// <summary>Puts rows into a matrix.</summary>
    internal static SparseMatrix OfRows((int[] Columns, float[] Values)[] rows, int columnCount)
    {
        var starts = new int[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++)
        {
            starts[row + 1] = checked(starts[row] + rows[row].Columns.Length);
        }

        var columns = new int[starts[^1]];
        var values = new float[starts[^1]];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].Columns.CopyTo(columns, starts[row]);
            rows[row].Values.CopyTo(values, starts[row]);
        }

        return new SparseMatrix(starts, columns, values, columnCount);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The model's state.</param>
    /// <param name="name">Beginning of the names in it.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="columnCount">Number of columns.</param>
    /// <exception cref="ArgumentException">The arrays do not make a matrix of that size.</exception>
    public static SparseMatrix Read(ModelReader reader, string name, int rowCount, int columnCount)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var starts = reader.ReadArray<int>($"{name}Starts", rowCount + 1);
        var columns = reader.ReadArray<int>($"{name}Columns");
        var values = reader.ReadArray<float>($"{name}Values", columns.Length);
        var rising = starts[0] == 0 && starts[^1] == columns.Length;
        for (var row = 0; row < rowCount; row++)
        {
            rising &= starts[row] <= starts[row + 1];
        }

        return rising && Array.TrueForAll(columns, column => column >= 0 && column < columnCount)
            ? new SparseMatrix(starts, columns, values, columnCount)
            : throw new ArgumentException($"'{name}' is no matrix of {rowCount} rows and {columnCount} columns.");
    }

    /// <summary>Writes the matrix as a part of a model's state.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="name">Beginning of the names under which it is written.</param>
    public void Write(ModelWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write<int>($"{name}Starts", _starts);
        writer.Write<int>($"{name}Columns", _columns);
        writer.Write<float>($"{name}Values", _values);
    }

    private void ForRows(int threads, Action<int, int> work, CancellationToken cancellationToken)
    {
        var jobs = (RowCount + RowsOfJob - 1) / RowsOfJob;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, jobs, options, job =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            work(job * RowsOfJob, Math.Min(RowCount, (job + 1) * RowsOfJob));
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyRows(int from, int to, ReadOnlySpan<double> vector, Span<double> result)
    {
        for (var row = from; row < to; row++)
        {
            var columns = ColumnsOf(row);
            var values = ValuesOf(row);
            var sum = 0.0;
            for (var i = 0; i < columns.Length; i++)
            {
                sum += values[i] * vector[columns[i]];
            }

            result[row] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyRows(int from, int to, ReadOnlySpan<double> vectors, Span<double> result, int width)
    {
        for (var row = from; row < to; row++)
        {
            var columns = ColumnsOf(row);
            var values = ValuesOf(row);
            var sums = result.Slice(row * width, width);
            sums.Clear();
            for (var i = 0; i < columns.Length; i++)
            {
                double value = values[i];
                var elements = vectors.Slice(columns[i] * width, width);
                for (var v = 0; v < sums.Length; v++)
                {
                    sums[v] += value * elements[v];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WeighSquaresOfRows(int from, int to, ReadOnlySpan<double> weights, Span<double> result)
    {
        for (var row = from; row < to; row++)
        {
            var columns = ColumnsOf(row);
            var values = ValuesOf(row);
            var sum = 0.0;
            for (var i = 0; i < columns.Length; i++)
            {
                sum += (double)values[i] * values[i] * weights[columns[i]];
            }

            result[row] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WeighSquaresOfRows(int from, int to, ReadOnlySpan<double> weights, Span<double> result, int width)
    {
        for (var row = from; row < to; row++)
        {
            var columns = ColumnsOf(row);
            var values = ValuesOf(row);
            var sums = result.Slice(row * width, width);
            sums.Clear();
            for (var i = 0; i < columns.Length; i++)
            {
                var square = (double)values[i] * values[i];
                var elements = weights.Slice(columns[i] * width, width);
                for (var v = 0; v < sums.Length; v++)
                {
                    sums[v] += square * elements[v];
                }
            }
        }
    }
}
