using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>The operations of gradient descent on a pair of factor rows of one length, so that one generic body is
/// compiled for each common length without a loop.</summary>
/// <typeparam name="TVector">A vector of floats.</typeparam>
internal unsafe interface IFactorRow<TVector>
    where TVector : struct
{
    /// <summary>Floats in a row.</summary>
    /// <param name="stride">Their number; types of one fixed length know it without.</param>
    static abstract nint Length(nint stride);

    /// <summary>Adds the products of the elements of p and q, one vector after the other, to a sum.</summary>
    static abstract TVector AddProducts(float* p, float* q, TVector sum, nint length);

    /// <summary><c>p = keep p + move q</c> and <c>q = keep q + move p</c>, both from the p and q before.</summary>
    static abstract void Step(float* p, float* q, TVector keep, TVector move, nint length);

    /// <summary>Asks for a row to be brought into the first-level cache.</summary>
    static abstract void Prefetch(float* row, nint length);
}

/// <summary>Which values factors may take.</summary>
internal interface IFactorRange
{
    /// <summary>Whether factors below 0 are moved back to it.</summary>
    static abstract bool IsNonNegative { get; }
}

/// <summary>All values.</summary>
internal readonly struct AnyFactor : IFactorRange
{
    public static bool IsNonNegative => false;
}

/// <summary>Values of 0 and above.</summary>
internal readonly struct NonNegativeFactor : IFactorRange
{
    public static bool IsNonNegative => true;
}

/// <summary>A row of one vector.</summary>
internal readonly unsafe struct OneVector<TVector, TLanes, TRange> : IFactorRow<TVector>
    where TVector : struct
    where TLanes : struct, IVectorLanes<TVector>
    where TRange : struct, IFactorRange
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Length(nint stride) => TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AddProducts(float* p, float* q, TVector sum, nint length) =>
        TLanes.MultiplyAdd(TLanes.Load(p), TLanes.Load(q), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step(float* p, float* q, TVector keep, TVector move, nint length)
    {
        var own = TLanes.Load(p);
        var other = TLanes.Load(q);
        var row = TLanes.MultiplyAdd(move, other, TLanes.Multiply(keep, own));
        var column = TLanes.MultiplyAdd(move, own, TLanes.Multiply(keep, other));
        TLanes.Store(TRange.IsNonNegative ? TLanes.AtLeastZero(row) : row, p);
        TLanes.Store(TRange.IsNonNegative ? TLanes.AtLeastZero(column) : column, q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* row, nint length)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(row);
        }
    }
}

/// <summary>A row twice as long as another.</summary>
internal readonly unsafe struct Twice<TVector, THalf> : IFactorRow<TVector>
    where TVector : struct
    where THalf : struct, IFactorRow<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Length(nint stride) => 2 * THalf.Length(stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AddProducts(float* p, float* q, TVector sum, nint length) => THalf.AddProducts(
        p + THalf.Length(length), q + THalf.Length(length), THalf.AddProducts(p, q, sum, length), length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step(float* p, float* q, TVector keep, TVector move, nint length)
    {
        THalf.Step(p, q, keep, move, length);
        THalf.Step(p + THalf.Length(length), q + THalf.Length(length), keep, move, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* row, nint length)
    {
        THalf.Prefetch(row, length);
        THalf.Prefetch(row + THalf.Length(length), length);
    }
}

/// <summary>A row of any whole number of vectors.</summary>
internal readonly unsafe struct AnyVectors<TVector, TLanes, TRange> : IFactorRow<TVector>
    where TVector : struct
    where TLanes : struct, IVectorLanes<TVector>
    where TRange : struct, IFactorRange
{
    private const int FloatsOfCacheLine = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Length(nint stride) => stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AddProducts(float* p, float* q, TVector sum, nint length)
    {
        // Two sums, of which neither waits for the other.
        var odd = TLanes.Zero;
        nint i = 0;
        for (; i <= length - (2 * TLanes.Count); i += 2 * TLanes.Count)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(p + i), TLanes.Load(q + i), sum);
            odd = TLanes.MultiplyAdd(TLanes.Load(p + i + TLanes.Count), TLanes.Load(q + i + TLanes.Count), odd);
        }

        if (i < length)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(p + i), TLanes.Load(q + i), sum);
        }

        return TLanes.Add(sum, odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step(float* p, float* q, TVector keep, TVector move, nint length)
    {
        for (nint i = 0; i < length; i += TLanes.Count)
        {
            OneVector<TVector, TLanes, TRange>.Step(p + i, q + i, keep, move, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* row, nint length)
    {
        if (Sse.IsSupported)
        {
            for (nint i = 0; i < length; i += FloatsOfCacheLine)
            {
                Sse.Prefetch0(row + i);
            }
        }
    }
}
