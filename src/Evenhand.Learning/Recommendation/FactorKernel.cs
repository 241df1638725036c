using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evenhand.Learning;

/// <summary>Scores panels of items, for one user or for a <see cref="UserBlock"/>.</summary>
/// <remarks>
/// A tile of four users and three vectors of items stays in registers over all factors: twelve chains of
/// multiply-adds hide the latency of each other, and with the three vectors and one factor they fill the sixteen
/// registers of AVX2. No score is stored unless it beats the user's threshold.
/// </remarks>
internal static unsafe class FactorKernel
{
    private const int VectorsOfTile = 3;

    /// <summary>Scores all items for one user.</summary>
    /// <param name="items">The items.</param>
    /// <param name="factors">Factors of the user, at least as many as the items have.</param>
    /// <param name="scores">Receives one score for each item.</param>
    public static void Score(ItemPanels items, ReadOnlySpan<float> factors, Span<double> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factors.Length, items.Rank, nameof(factors));
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, items.Items, nameof(scores));
        var own = stackalloc float[ItemPanels.Width];
        fixed (float* user = factors)
        {
            for (var panel = 0; panel < items.Count; panel++)
            {
                if (Vector512.IsHardwareAccelerated)
                {
                    Score<Lanes512, Vector512<float>>(items[panel], items.Rank, user, own);
                }
                else
                {
                    Score<Lanes256, Vector256<float>>(items[panel], items.Rank, user, own);
                }

                var first = panel * ItemPanels.Width;
                var target = scores[first..Math.Min(items.Items, first + ItemPanels.Width)];
                for (var lane = 0; lane < target.Length; lane++)
                {
                    target[lane] = own[lane];
                }
            }
        }

        GC.KeepAlive(items);
    }

    /// <summary>Scores the items of a panel for all users of a block and hands over what beats their
    /// thresholds.</summary>
    /// <param name="items">The items.</param>
    /// <param name="panel">Number of the panel.</param>
    /// <param name="users">The users, of the same rank.</param>
    public static void Rank(ItemPanels items, int panel, UserBlock users)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Rank<Lanes512, Vector512<float>>(items, panel, users);
        }
        else
        {
            Rank<Lanes256, Vector256<float>>(items, panel, users);
        }
    }

    // Optimized from the first call on, since one call may be long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rank<TLanes, TVector>(ItemPanels items, int panel, UserBlock users)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        var width = TLanes.Count;
        var rank = items.Rank;
        var survivors = stackalloc float[UserBlock.Lanes * VectorsOfTile * TLanes.Count];
        for (var part = 0; part < ItemPanels.Width; part += VectorsOfTile * width)
        {
            var biases = items[panel] + part;
            for (var quad = 0; quad < users.Quads; quad++)
            {
                var (a0, a1, a2) = (TLanes.Load(biases), TLanes.Load(biases + width), TLanes.Load(biases + (2 * width)));
                var (b0, b1, b2) = (a0, a1, a2);
                var (c0, c1, c2) = (a0, a1, a2);
                var (d0, d1, d2) = (a0, a1, a2);
                var q = biases + ItemPanels.Width;
                var p = users.FactorsOf(quad);
                for (var factor = 0; factor < rank; factor++)
                {
                    var q0 = TLanes.Load(q);
                    var q1 = TLanes.Load(q + width);
                    var q2 = TLanes.Load(q + (2 * width));
                    var own = TLanes.Broadcast(p[0]);
                    a0 = TLanes.MultiplyAdd(own, q0, a0);
                    a1 = TLanes.MultiplyAdd(own, q1, a1);
                    a2 = TLanes.MultiplyAdd(own, q2, a2);
                    own = TLanes.Broadcast(p[1]);
                    b0 = TLanes.MultiplyAdd(own, q0, b0);
                    b1 = TLanes.MultiplyAdd(own, q1, b1);
                    b2 = TLanes.MultiplyAdd(own, q2, b2);
                    own = TLanes.Broadcast(p[2]);
                    c0 = TLanes.MultiplyAdd(own, q0, c0);
                    c1 = TLanes.MultiplyAdd(own, q1, c1);
                    c2 = TLanes.MultiplyAdd(own, q2, c2);
                    own = TLanes.Broadcast(p[3]);
                    d0 = TLanes.MultiplyAdd(own, q0, d0);
                    d1 = TLanes.MultiplyAdd(own, q1, d1);
                    d2 = TLanes.MultiplyAdd(own, q2, d2);
                    q += ItemPanels.Width;
                    p += UserBlock.Lanes;
                }

                var thresholds = users.ThresholdsOf(quad);
                var t = TLanes.Broadcast(thresholds[0]);
                var a = Above<TLanes, TVector>(a0, a1, a2, t);
                t = TLanes.Broadcast(thresholds[1]);
                var b = Above<TLanes, TVector>(b0, b1, b2, t);
                t = TLanes.Broadcast(thresholds[2]);
                var c = Above<TLanes, TVector>(c0, c1, c2, t);
                t = TLanes.Broadcast(thresholds[3]);
                var d = Above<TLanes, TVector>(d0, d1, d2, t);
                if ((a | b | c | d) == 0)
                {
                    continue;
                }

                Store<TLanes, TVector>(a0, a1, a2, survivors);
                Store<TLanes, TVector>(b0, b1, b2, survivors + (VectorsOfTile * width));
                Store<TLanes, TVector>(c0, c1, c2, survivors + (2 * VectorsOfTile * width));
                Store<TLanes, TVector>(d0, d1, d2, survivors + (3 * VectorsOfTile * width));
                var item = (panel * ItemPanels.Width) + part;
                users.Offer(quad, 0, item, survivors, a);
                users.Offer(quad, 1, item, survivors + (VectorsOfTile * width), b);
                users.Offer(quad, 2, item, survivors + (2 * VectorsOfTile * width), c);
                users.Offer(quad, 3, item, survivors + (3 * VectorsOfTile * width), d);
            }
        }

        GC.KeepAlive(items);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Score<TLanes, TVector>(float* panel, int rank, float* user, float* scores)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        for (var part = 0; part < ItemPanels.Width; part += VectorsOfTile * TLanes.Count)
        {
            var q = panel + part;
            var a0 = TLanes.Load(q);
            var a1 = TLanes.Load(q + TLanes.Count);
            var a2 = TLanes.Load(q + (2 * TLanes.Count));
            for (var factor = 0; factor < rank; factor++)
            {
                q += ItemPanels.Width;
                var own = TLanes.Broadcast(user[factor]);
                a0 = TLanes.MultiplyAdd(own, TLanes.Load(q), a0);
                a1 = TLanes.MultiplyAdd(own, TLanes.Load(q + TLanes.Count), a1);
                a2 = TLanes.MultiplyAdd(own, TLanes.Load(q + (2 * TLanes.Count)), a2);
            }

            Store<TLanes, TVector>(a0, a1, a2, scores + part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Above<TLanes, TVector>(TVector x0, TVector x1, TVector x2, TVector threshold)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct =>
        TLanes.Greater(x0, threshold)
        | (TLanes.Greater(x1, threshold) << TLanes.Count)
        | (TLanes.Greater(x2, threshold) << (2 * TLanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TVector>(TVector x0, TVector x1, TVector x2, float* target)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        TLanes.Store(x0, target);
        TLanes.Store(x1, target + TLanes.Count);
        TLanes.Store(x2, target + (2 * TLanes.Count));
    }
}
