using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Evenhand.Learning.Numerics;

/// <summary>The lower triangle of a symmetric matrix in square tiles, each of them contiguous, row by row.</summary>
/// <remarks>The order is padded to whole tiles with ones on the diagonal and zeros beside it, so that no kernel has a
/// remainder. Above the diagonal, tiles on the diagonal hold nothing that is read.</remarks>
internal sealed unsafe class SymmetricTiles
{
    /// <summary>Rows and columns of a tile: a multiple of the block of <see cref="TileKernel"/>; three tiles fit into
    /// the second level of cache.</summary>
    public const int Side = 192;

    /// <summary>Elements of a tile.</summary>
    public const int Area = Side * Side;

    private const int Alignment = 64;

    private readonly double[] _pinned;
    private readonly double* _first;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="order">Number of rows and columns.</param>
    public SymmetricTiles(int order)
    {
        Order = order;
        Count = (order + Side - 1) / Side;
        // The pinned heap never moves an array, so its first aligned element stays where it is.
        _pinned = GC.AllocateArray<double>(
            checked((int)((long)Count * (Count + 1) / 2 * Area) + (Alignment / sizeof(double))), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
        _first = (double*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
        for (var row = order; row < Count * Side; row++)
        {
            Place(row, row) = 1;
        }
    }

    /// <summary>Number of rows and columns.</summary>
    public int Order { get; }

    /// <summary>Number of rows and columns of tiles.</summary>
    public int Count { get; }

    /// <summary>An element of either triangle.</summary>
    public double this[int row, int column] => row >= column ? Place(row, column) : Place(column, row);

    /// <summary>The tile at a row and a column of tiles, the row being no smaller; valid as long as the matrix is
    /// reachable.</summary>
    public double* Tile(int row, int column) => _first + ((((long)row * (row + 1) / 2) + column) * Area);

    /// <summary>Sets the elements of a row up to the diagonal.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values">Its first row + 1 elements.</param>
    public void SetRow(int row, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, row + 1);
        for (var start = 0; start <= row; start += Side)
        {
            var part = values[start..Math.Min(start + Side, row + 1)];
            part.CopyTo(new Span<double>(Tile(row / Side, start / Side) + (row % Side * Side), Side));
        }
    }

    /// <summary>Copies a row, both triangles of it.</summary>
    public void CopyRow(int row, Span<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Order);
        for (var start = 0; start <= row; start += Side)
        {
            var length = Math.Min(Side, row + 1 - start);
            new ReadOnlySpan<double>(Tile(row / Side, start / Side) + (row % Side * Side), length)
                .CopyTo(values[start..]);
        }

        for (var column = row + 1; column < Order; column++)
        {
            values[column] = Place(column, row);
        }
    }

    private ref double Place(int row, int column) =>
        ref Tile(row / Side, column / Side)[(row % Side * Side) + (column % Side)];
}
