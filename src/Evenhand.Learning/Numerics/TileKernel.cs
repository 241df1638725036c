using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evenhand.Learning.Numerics;

/// <summary>What <see cref="PositiveDefiniteInverse"/> does with single tiles of
/// <see cref="SymmetricTiles.Side"/> rows and columns.</summary>
/// <remarks>
/// A packed tile holds panels of <see cref="PanelWidth"/> columns, each panel row by row: so a product reads its right
/// factor in one stream that stays in the first level of cache. Each element of a product is one chain of fused
/// multiply-adds in the order of the inner index, hence the same bits at any width of vector.
/// </remarks>
internal static unsafe class TileKernel
{
    /// <summary>Columns of a panel: two of the widest vectors.</summary>
    public const int PanelWidth = 16;

    private const int Side = SymmetricTiles.Side;
    private const int BlockRows = 6;

    /// <summary>product += left * right.</summary>
    /// <param name="left">Row by row.</param>
    /// <param name="right">Packed.</param>
    /// <param name="product">Row by row.</param>
    public static void AddProduct(double* left, double* right, double* product)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddProduct<Vector512<double>, DoubleLanes512>(left, right, product);
        }
        else
        {
            AddProduct<Vector256<double>, DoubleLanes256>(left, right, product);
        }
    }

    /// <summary>Packs source.</summary>
    public static void Pack(double* source, double* packed)
    {
        for (var panel = 0; panel < Side; panel += PanelWidth)
        {
            for (var row = 0; row < Side; row++)
            {
                for (var column = panel; column < panel + PanelWidth; column++)
                {
                    *packed++ = source[(row * Side) + column];
                }
            }
        }
    }

    /// <summary>Packs -1 times the transpose of source.</summary>
    public static void PackNegatedTranspose(double* source, double* packed)
    {
        for (var panel = 0; panel < Side; panel += PanelWidth)
        {
            for (var row = 0; row < Side; row++)
            {
                for (var column = panel; column < panel + PanelWidth; column++)
                {
                    *packed++ = -source[(column * Side) + row];
                }
            }
        }
    }

    /// <summary>target = the transpose of source.</summary>
    public static void Transpose(double* source, double* target)
    {
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                target[(row * Side) + column] = source[(column * Side) + row];
            }
        }
    }

    /// <summary>Copies the lower triangle of a tile onto its upper triangle.</summary>
    public static void Mirror(double* tile)
    {
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < row; column++)
            {
                tile[(column * Side) + row] = tile[(row * Side) + column];
            }
        }
    }

    /// <summary>Changes the sign of every element.</summary>
    public static void Negate(double* tile)
    {
        for (var i = 0; i < SymmetricTiles.Area; i++)
        {
            tile[i] = -tile[i];
        }
    }

    /// <summary>Inverts a symmetric tile in place by Gauss-Jordan elimination.</summary>
    /// <returns>False where a pivot shows that the tile is not positive definite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Invert(double* tile)
    {
        for (var step = 0; step < Side; step++)
        {
            var pivots = new Span<double>(tile + (step * Side), Side);
            var pivot = pivots[step];
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            var inverse = 1 / pivot;
            pivots[step] = 1;
            foreach (ref var element in pivots)
            {
                element *= inverse;
            }

            for (var row = 0; row < Side; row++)
            {
                if (row != step)
                {
                    var elements = tile + (row * Side);
                    var factor = -elements[step];
                    elements[step] = 0;
                    DoubleVectors.AddScaledPadded(factor, pivots, new Span<double>(elements, Side));
                }
            }
        }

        Mirror(tile);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProduct<TVector, TLanes>(double* left, double* right, double* product)
        where TVector : struct
        where TLanes : struct, IDoubleLanes<TVector>
    {
        for (var column = 0; column < Side; column += 2 * TLanes.Count)
        {
            var panel = right + (column / PanelWidth * PanelWidth * Side) + (column % PanelWidth);
            for (var row = 0; row < Side; row += BlockRows)
            {
                AddBlock<TVector, TLanes>(left + (row * Side), panel, product + (row * Side) + column);
            }
        }
    }

    /// <summary>Six rows and two vectors of columns: twelve sums, two elements of the right and one of the left fill
    /// the sixteen registers of AVX2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddBlock<TVector, TLanes>(double* left, double* panel, double* product)
        where TVector : struct
        where TLanes : struct, IDoubleLanes<TVector>
    {
        var row1 = product + Side;
        var row2 = row1 + Side;
        var row3 = row2 + Side;
        var row4 = row3 + Side;
        var row5 = row4 + Side;
        var (sum00, sum01) = (TLanes.Load(product), TLanes.Load(product + TLanes.Count));
        var (sum10, sum11) = (TLanes.Load(row1), TLanes.Load(row1 + TLanes.Count));
        var (sum20, sum21) = (TLanes.Load(row2), TLanes.Load(row2 + TLanes.Count));
        var (sum30, sum31) = (TLanes.Load(row3), TLanes.Load(row3 + TLanes.Count));
        var (sum40, sum41) = (TLanes.Load(row4), TLanes.Load(row4 + TLanes.Count));
        var (sum50, sum51) = (TLanes.Load(row5), TLanes.Load(row5 + TLanes.Count));
        for (var inner = 0; inner < Side; inner++)
        {
            var first = TLanes.Load(panel);
            var second = TLanes.Load(panel + TLanes.Count);
            panel += PanelWidth;
            var factor = TLanes.Broadcast(left[inner]);
            sum00 = TLanes.MultiplyAdd(factor, first, sum00);
            sum01 = TLanes.MultiplyAdd(factor, second, sum01);
            factor = TLanes.Broadcast(left[Side + inner]);
            sum10 = TLanes.MultiplyAdd(factor, first, sum10);
            sum11 = TLanes.MultiplyAdd(factor, second, sum11);
            factor = TLanes.Broadcast(left[(2 * Side) + inner]);
            sum20 = TLanes.MultiplyAdd(factor, first, sum20);
            sum21 = TLanes.MultiplyAdd(factor, second, sum21);
            factor = TLanes.Broadcast(left[(3 * Side) + inner]);
            sum30 = TLanes.MultiplyAdd(factor, first, sum30);
            sum31 = TLanes.MultiplyAdd(factor, second, sum31);
            factor = TLanes.Broadcast(left[(4 * Side) + inner]);
            sum40 = TLanes.MultiplyAdd(factor, first, sum40);
            sum41 = TLanes.MultiplyAdd(factor, second, sum41);
            factor = TLanes.Broadcast(left[(5 * Side) + inner]);
            sum50 = TLanes.MultiplyAdd(factor, first, sum50);
            sum51 = TLanes.MultiplyAdd(factor, second, sum51);
        }

        TLanes.Store(sum00, product);
        TLanes.Store(sum01, product + TLanes.Count);
        TLanes.Store(sum10, row1);
        TLanes.Store(sum11, row1 + TLanes.Count);
        TLanes.Store(sum20, row2);
        TLanes.Store(sum21, row2 + TLanes.Count);
        TLanes.Store(sum30, row3);
        TLanes.Store(sum31, row3 + TLanes.Count);
        TLanes.Store(sum40, row4);
        TLanes.Store(sum41, row4 + TLanes.Count);
        TLanes.Store(sum50, row5);
        TLanes.Store(sum51, row5 + TLanes.Count);
    }
}
