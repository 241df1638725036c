namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>The sum of the outer products of all rows of a factor table.</summary>
internal static unsafe class GramMatrix
{
    // Floats keep their precision in sums over so many rows; the sums of chunks are added up after it.
    private const int RowsOfChunk = 256;

    /// <summary>Q'Q, symmetric and complete, with the padding of the table.</summary>
    /// <remarks>Each thread owns rows of the result and sums over all rows of the table in their order, so the bits do
    /// not depend on the number of threads.</remarks>
    public static FactorTable Of(FactorTable table, int threads, CancellationToken cancellationToken)
    {
        var gram = new FactorTable(table.Stride, table.Stride);
        Parallel.For(
            0,
            table.Stride / SymmetricKernel.TileRows,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            block =>
            {
                for (var row = 0; row < table.Rows; row += RowsOfChunk)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    SymmetricKernel.AddOuterProducts(
                        table.Pointer + ((long)row * table.Stride),
                        table.Stride,
                        Math.Min(RowsOfChunk, table.Rows - row),
                        gram.Pointer,
                        table.Stride,
                        block * SymmetricKernel.TileRows,
                        (block + 1) * SymmetricKernel.TileRows);
                }
            });
        SymmetricKernel.Mirror(gram);
        GC.KeepAlive(table);
        return gram;
    }
}
