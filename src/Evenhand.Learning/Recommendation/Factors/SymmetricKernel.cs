using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>Dense symmetric matrices of floats: sums of outer products, the Cholesky factor and its solves.</summary>
/// <remarks>
/// <para>A matrix of size n lies in rows of n floats of which the upper triangle counts; n is a multiple of
/// <see cref="TileRows"/>. What lies below the diagonal may be overwritten.</para>
/// <para>All work of the third order is done by one tile: eight rows by one vector of columns, summed over the rows of
/// a panel in registers. Optimized from the first call on, so that sums have one order at any time.</para>
/// </remarks>
internal static unsafe class SymmetricKernel
{
    /// <summary>Rows of a tile; sizes are multiples of it.</summary>
    public const int TileRows = 8;

    // A pivot this small against its diagonal is what rounding leaves of 0.
    private const float SmallestPivot = 1e-6f;

    /// <summary>Adds the sum of the outer products of a panel's rows, <c>A += P'P</c>, to some rows of the
    /// result.</summary>
    /// <param name="panel">First float of the panel.</param>
    /// <param name="stride">Floats from one row of the panel to the next.</param>
    /// <param name="count">Rows of the panel.</param>
    /// <param name="matrix">The result.</param>
    /// <param name="size">Size of the result; columns of the panel that take part.</param>
    /// <param name="from">First row of the result to work on; a multiple of <see cref="TileRows"/>.</param>
    /// <param name="to">Row after the last; a multiple of <see cref="TileRows"/>.</param>
    public static void AddOuterProducts(
        float* panel, int stride, int count, float* matrix, int size, int from, int to)
    {
        if (size % Lanes512.Count == 0 && Vector512.IsHardwareAccelerated)
        {
            AddOuterProducts<Lanes512, Vector512<float>>(panel, stride, count, matrix, size, from, to, 1);
        }
        else
        {
            AddOuterProducts<Lanes256, Vector256<float>>(panel, stride, count, matrix, size, from, to, 1);
        }
    }

    /// <summary>Solves A x = b for a positive semidefinite A, in place: A is replaced by its Cholesky factor U with
    /// <c>U'U = A</c>, b by x.</summary>
    /// <remarks>An unknown whose equation depends on those before it is set to 0.</remarks>
    /// <param name="matrix">A.</param>
    /// <param name="size">Its size.</param>
    /// <param name="right">b.</param>
    /// <param name="scratch">Room for one float a row.</param>
    public static void Solve(float* matrix, int size, float* right, float* scratch)
    {
        if (size % Lanes512.Count == 0 && Vector512.IsHardwareAccelerated)
        {
            Factorize<Lanes512, Vector512<float>>(matrix, size, scratch);
            Substitute<Lanes512, Vector512<float>>(matrix, size, right, scratch);
        }
        else
        {
            Factorize<Lanes256, Vector256<float>>(matrix, size, scratch);
            Substitute<Lanes256, Vector256<float>>(matrix, size, right, scratch);
        }
    }

    /// <summary>Copies the upper triangle of a symmetric matrix to its lower one.</summary>
    public static void Mirror(FactorTable matrix)
    {
        for (var row = 1; row < matrix.Rows; row++)
        {
            for (var column = 0; column < row; column++)
            {
                matrix[row][column] = matrix[column][row];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOuterProducts<TLanes, TVector>(
        float* panel, int stride, int count, float* matrix, int size, int from, int to, float sign)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        var signs = TLanes.Broadcast(sign);
        for (var row = from; row < to; row += TileRows)
        {
            for (var column = row / TLanes.Count * TLanes.Count; column < size; column += TLanes.Count)
            {
                var left = panel + row;
                var right = panel + column;
                var sum0 = TLanes.Zero;
                var sum1 = TLanes.Zero;
                var sum2 = TLanes.Zero;
                var sum3 = TLanes.Zero;
                var sum4 = TLanes.Zero;
                var sum5 = TLanes.Zero;
                var sum6 = TLanes.Zero;
                var sum7 = TLanes.Zero;
                for (var n = 0; n < count; n++)
                {
                    var vector = TLanes.Load(right);
                    sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(left[0]), vector, sum0);
                    sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(left[1]), vector, sum1);
                    sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(left[2]), vector, sum2);
                    sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(left[3]), vector, sum3);
                    sum4 = TLanes.MultiplyAdd(TLanes.Broadcast(left[4]), vector, sum4);
                    sum5 = TLanes.MultiplyAdd(TLanes.Broadcast(left[5]), vector, sum5);
                    sum6 = TLanes.MultiplyAdd(TLanes.Broadcast(left[6]), vector, sum6);
                    sum7 = TLanes.MultiplyAdd(TLanes.Broadcast(left[7]), vector, sum7);
                    left += stride;
                    right += stride;
                }

                var target = matrix + ((long)row * size) + column;
                TLanes.Store(TLanes.MultiplyAdd(signs, sum0, TLanes.Load(target)), target);
                target += size;
                TLanes.Store(TLanes.MultiplyAdd(signs, sum1, TLanes.Load(target)), target);
                target += size;
                TLanes.Store(TLanes.MultiplyAdd(signs, sum2, TLanes.Load(target)), target);
                target += size;
                TLanes.Store(TLanes.MultiplyAdd(signs, sum3, TLanes.Load(target)), target);
                target += size;
                TLanes.Store(TLanes.MultiplyAdd(signs, sum4, TLanes.Load(target)), target);
                target += size;
                TLanes.Store(TLanes.MultiplyAdd(signs, sum5, TLanes.Load(target)), target);
                target += size;
                TLanes.Store(TLanes.MultiplyAdd(signs, sum6, TLanes.Load(target)), target);
                target += size;
                TLanes.Store(TLanes.MultiplyAdd(signs, sum7, TLanes.Load(target)), target);
            }
        }
    }

    // Row blocks from the top: each is brought up to date by all rows above it at once, then factored by itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Factorize<TLanes, TVector>(float* matrix, int size, float* inverses)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        for (var row = 0; row < size; row++)
        {
            inverses[row] = SmallestPivot * matrix[((long)row * size) + row];
        }

        for (var block = 0; block < size; block += TileRows)
        {
            AddOuterProducts<TLanes, TVector>(matrix, size, block, matrix, size, block, block + TileRows, -1);
            for (var row = block; row < block + TileRows; row++)
            {
                var own = matrix + ((long)row * size);
                var start = row / TLanes.Count * TLanes.Count;
                for (var column = start; column < row; column++)
                {
                    own[column] = 0;
                }

                var inverse = own[row] > inverses[row] ? 1 / MathF.Sqrt(own[row]) : 0;
                inverses[row] = inverse;
                var scale = TLanes.Broadcast(inverse);
                for (var column = start; column < size; column += TLanes.Count)
                {
                    TLanes.Store(TLanes.Multiply(scale, TLanes.Load(own + column)), own + column);
                }

                for (var below = row + 1; below < block + TileRows; below++)
                {
                    var other = matrix + ((long)below * size);
                    var factor = TLanes.Broadcast(-own[below]);
                    for (var column = start; column < size; column += TLanes.Count)
                    {
                        TLanes.Store(
                            TLanes.MultiplyAdd(factor, TLanes.Load(own + column), TLanes.Load(other + column)),
                            other + column);
                    }
                }
            }
        }
    }

    // U'y = b downwards, then U x = y upwards. Rows of U are 0 from the start of the diagonal's vector to the
    // diagonal.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Substitute<TLanes, TVector>(float* matrix, int size, float* right, float* inverses)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        for (var row = 0; row < size; row++)
        {
            var own = matrix + ((long)row * size);
            var solved = right[row] * inverses[row];
            var factor = TLanes.Broadcast(-solved);
            for (var column = row / TLanes.Count * TLanes.Count; column < size; column += TLanes.Count)
            {
                TLanes.Store(
                    TLanes.MultiplyAdd(factor, TLanes.Load(own + column), TLanes.Load(right + column)),
                    right + column);
            }

            right[row] = solved;
        }

        for (var row = size - 1; row >= 0; row--)
        {
            var own = matrix + ((long)row * size);
            var solved = right[row];
            right[row] = 0;
            var sum = TLanes.Zero;
            for (var column = row / TLanes.Count * TLanes.Count; column < size; column += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(own + column), TLanes.Load(right + column), sum);
            }

            right[row] = (solved - TLanes.Sum(sum)) * inverses[row];
        }
    }
}
