using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Evenhand.Configuration;

namespace Evenhand.Learning.Numerics;

/// <summary>Inverts large symmetric positive definite matrices.</summary>
/// <remarks>
/// <para>Gauss-Jordan elimination by tiles, without exchange of pivots, which positive definite matrices do not need
/// (F. L. Bauer, C. Reinsch, "Inversion of positive definite matrices by the Gauss-Jordan method", Numerische
/// Mathematik 15, 1970). With D the tile on the diagonal and E the tiles of its rows and columns, a step replaces
/// D by <c>-D^-1</c>, E by <c>E D^-1</c> and every other tile A by <c>A - E D^-1 E'</c>; after a step for each tile on
/// the diagonal the matrix is <c>-A^-1</c>. That is n^3 operations, as many as a Cholesky factorization and the inverse
/// from it take, nearly all of them in one product of tiles.</para>
/// <para>Within a step each tile is written by one thread and depends on no other that is written, so the bits do not
/// depend on the number of threads.</para>
/// </remarks>
internal sealed unsafe class PositiveDefiniteInverse
{
    private const int Area = SymmetricTiles.Area;
    private const int Alignment = 64;

    private readonly SymmetricTiles _matrix;
    private readonly ParallelOptions _parallel;
    private readonly double[] _pinned;
    private readonly double* _pivot;
    private readonly double* _packedPivot;
    private readonly double* _scaled;
    private readonly double* _negated;

    private PositiveDefiniteInverse(SymmetricTiles matrix, ParallelOptions parallel)
    {
        _matrix = matrix;
        _parallel = parallel;
        // Pinned: see SymmetricTiles.
        _pinned = GC.AllocateUninitializedArray<double>(
            checked((2 * (matrix.Count + 1) * Area) + (Alignment / sizeof(double))), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
        _pivot = (double*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
        _packedPivot = _pivot + Area;
        _scaled = _packedPivot + Area;
        _negated = _scaled + ((long)matrix.Count * Area);
    }

    /// <summary>Replaces a matrix by its inverse.</summary>
    /// <param name="matrix">Positive definite.</param>
    /// <param name="context">Threads, cancellation (polled before each tile) and progress, in tiles of the
    /// diagonal.</param>
    /// <returns>False where the matrix is not positive definite to the working precision; its elements are then of no
    /// use.</returns>
    public static bool TryInvert(SymmetricTiles matrix, FitContext context)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        var inverse = new PositiveDefiniteInverse(matrix, parallel);
        for (var step = 0; step < matrix.Count; step++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (!inverse.Eliminate(step))
            {
                return false;
            }

            context.Progress?.Invoke(new WorkProgress(step + 1, matrix.Count, "iterations"));
        }

        inverse.ForLowerTiles((row, column) => TileKernel.Negate(matrix.Tile(row, column)));
        return true;
    }

    private bool Eliminate(int step)
    {
        var diagonal = _matrix.Tile(step, step);
        Copy(diagonal, _pivot);
        TileKernel.Mirror(_pivot);
        if (!TileKernel.Invert(_pivot))
        {
            return false;
        }

        TileKernel.Pack(_pivot, _packedPivot);
        Parallel.For(0, _matrix.Count, _parallel, other =>
        {
            _parallel.CancellationToken.ThrowIfCancellationRequested();
            if (other > step)
            {
                ScaleBelow(step, other);
            }
            else if (other < step)
            {
                ScaleLeft(step, other);
            }
        });
        ForLowerTiles((row, column) =>
        {
            if (row != step && column != step)
            {
                TileKernel.AddProduct(Scaled(row), Negated(column), _matrix.Tile(row, column));
            }
        });
        Copy(_pivot, diagonal);
        TileKernel.Negate(diagonal);
        return true;
    }

    /// <summary>E = tile(other, step), below the pivot.</summary>
    private void ScaleBelow(int step, int other)
    {
        var tile = _matrix.Tile(other, step);
        var scaled = Scaled(other);
        TileKernel.PackNegatedTranspose(tile, Negated(other));
        new Span<double>(scaled, Area).Clear();
        TileKernel.AddProduct(tile, _packedPivot, scaled);
        Copy(scaled, tile);
    }

    /// <summary>E' = tile(step, other), left of the pivot: there D^-1 E' is computed and transposed.</summary>
    private void ScaleLeft(int step, int other)
    {
        var tile = _matrix.Tile(step, other);
        var packed = Negated(other);
        TileKernel.Pack(tile, packed);
        new Span<double>(tile, Area).Clear();
        TileKernel.AddProduct(_pivot, packed, tile);
        TileKernel.Negate(packed);
        TileKernel.Transpose(tile, Scaled(other));
    }

    private void ForLowerTiles(Action<int, int> work) =>
        Parallel.For(0, _matrix.Count * (_matrix.Count + 1) / 2, _parallel, number =>
        {
            _parallel.CancellationToken.ThrowIfCancellationRequested();
            var row = (int)((Math.Sqrt((8.0 * number) + 1) - 1) / 2);
            work(row, number - (row * (row + 1) / 2));
        });

    /// <summary>E D^-1 of a row of tiles, row by row.</summary>
    private double* Scaled(int row) => _scaled + ((long)row * Area);

    /// <summary>-E' of a row of tiles, packed.</summary>
    private double* Negated(int row) => _negated + ((long)row * Area);

    private static void Copy(double* source, double* target) =>
        new ReadOnlySpan<double>(source, Area).CopyTo(new Span<double>(target, Area));
}
