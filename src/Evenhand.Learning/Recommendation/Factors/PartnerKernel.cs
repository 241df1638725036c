using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.Factors;

/// <summary>Passes over the factors of an owner's partners, which lie scattered in a table and are asked for ahead of
/// their use.</summary>
/// <remarks>Widths are multiples of <see cref="FactorTable.Padding"/>. Optimized from the first call on, so that sums
/// have one order at any time.</remarks>
internal static unsafe class PartnerKernel
{
    private const int RowsAhead = 8;
    private const int FloatsOfLine = 16;

    /// <summary>Copies the factors of partners to a panel, each row times the root of its weight, and adds them to the
    /// right side of normal equations: <c>b += w t q</c>.</summary>
    /// <param name="held">Factors of the partners.</param>
    /// <param name="first">First factor that takes part.</param>
    /// <param name="width">How many do.</param>
    /// <param name="partners">Rows of the table.</param>
    /// <param name="weights">w of each.</param>
    /// <param name="targets">t of each; empty where all are 1.</param>
    /// <param name="biasColumn">The factor in which partners keep a bias that is taken off their targets and for which
    /// 1 stands in q; -1 where there is none.</param>
    /// <param name="panel">Receives one row of the width for each partner.</param>
    /// <param name="right">b.</param>
    public static void Gather(
        FactorTable held,
        int first,
        int width,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> targets,
        int biasColumn,
        float* panel,
        float* right)
    {
        if (width % Lanes512.Count == 0 && Vector512.IsHardwareAccelerated)
        {
            Gather<Lanes512, Vector512<float>>(
                held, first, width, partners, weights, targets, biasColumn, panel, right);
        }
        else
        {
            Gather<Lanes256, Vector256<float>>(
                held, first, width, partners, weights, targets, biasColumn, panel, right);
        }
    }

    /// <summary>Adds <c>sum w (t + sign q.v) q</c> over partners.</summary>
    /// <param name="held">Factors of the partners.</param>
    /// <param name="partners">Rows of the table.</param>
    /// <param name="weights">w of each.</param>
    /// <param name="target">t, the same for all.</param>
    /// <param name="sign">1 or -1.</param>
    /// <param name="vector">v.</param>
    /// <param name="result">What is added to.</param>
    public static void AddProjections(
        FactorTable held,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        float target,
        float sign,
        ReadOnlySpan<float> vector,
        Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, held.Stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, held.Stride);
        fixed (float* v = vector, r = result)
        {
            if (held.Stride % Lanes512.Count == 0 && Vector512.IsHardwareAccelerated)
            {
                AddProjections<Lanes512, Vector512<float>>(held, partners, weights, target, sign, v, r);
            }
            else
            {
                AddProjections<Lanes256, Vector256<float>>(held, partners, weights, target, sign, v, r);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<TLanes, TVector>(
        FactorTable held,
        int first,
        int width,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> targets,
        int biasColumn,
        float* panel,
        float* right)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        for (var n = 0; n < partners.Length; n++)
        {
            if (n + RowsAhead < partners.Length)
            {
                Prefetch(Row(held, partners[n + RowsAhead]) + first, width);
            }

            var whole = Row(held, partners[n]);
            var source = whole + first;
            var root = MathF.Sqrt(weights[n]);
            var pull = targets.IsEmpty ? root : root * targets[n];
            if (biasColumn >= 0)
            {
                pull -= root * whole[biasColumn];
            }

            var scale = TLanes.Broadcast(root);
            var towards = TLanes.Broadcast(pull);
            for (var f = 0; f < width; f += TLanes.Count)
            {
                var scaled = TLanes.Multiply(scale, TLanes.Load(source + f));
                TLanes.Store(scaled, panel + f);
                TLanes.Store(TLanes.MultiplyAdd(towards, scaled, TLanes.Load(right + f)), right + f);
            }

            if (biasColumn >= 0)
            {
                right[biasColumn] += pull * (root - panel[biasColumn]);
                panel[biasColumn] = root;
            }

            panel += width;
        }

        GC.KeepAlive(held);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProjections<TLanes, TVector>(
        FactorTable held,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        float target,
        float sign,
        float* vector,
        float* result)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        var width = held.Stride;
        for (var n = 0; n < partners.Length; n++)
        {
            if (n + RowsAhead < partners.Length)
            {
                Prefetch(Row(held, partners[n + RowsAhead]), width);
            }

            var source = Row(held, partners[n]);
            var even = TLanes.Zero;
            var odd = TLanes.Zero;
            var f = 0;
            for (; f <= width - (2 * TLanes.Count); f += 2 * TLanes.Count)
            {
                even = TLanes.MultiplyAdd(TLanes.Load(source + f), TLanes.Load(vector + f), even);
                odd = TLanes.MultiplyAdd(
                    TLanes.Load(source + f + TLanes.Count), TLanes.Load(vector + f + TLanes.Count), odd);
            }

            if (f < width)
            {
                even = TLanes.MultiplyAdd(TLanes.Load(source + f), TLanes.Load(vector + f), even);
            }

            var factor = TLanes.Broadcast(weights[n] * (target + (sign * TLanes.Sum(TLanes.Add(even, odd)))));
            for (f = 0; f < width; f += TLanes.Count)
            {
                TLanes.Store(
                    TLanes.MultiplyAdd(factor, TLanes.Load(source + f), TLanes.Load(result + f)), result + f);
            }
        }

        GC.KeepAlive(held);
    }

    private static float* Row(FactorTable table, int row) => table.Pointer + ((long)row * table.Stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* row, int width)
    {
        if (Sse.IsSupported)
        {
            for (var line = 0; line < width; line += FloatsOfLine)
            {
                Sse.Prefetch0(row + line);
            }
        }
    }
}
