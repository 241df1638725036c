using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Evenhand.Learning.Numerics;

namespace Evenhand.Learning.Recommendation.Factors;

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

    /// <summary>As above, at one width of vectors.</summary>
    internal static void Rank<TLanes, TVector>(ItemPanels items, int panel, UserBlock users)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        var width = VectorsOfTile * TLanes.Count;
        var scores = stackalloc float[UserBlock.Lanes * width];
        var offered = stackalloc ulong[UserBlock.Lanes];
        for (var part = 0; part < ItemPanels.Width; part += width)
        {
            for (var quad = 0; quad < users.Quads; quad++)
            {
                var hidden = users.HiddenOf(panel, quad);
                for (var lane = 0; lane < UserBlock.Lanes; lane++)
                {
                    offered[lane] = ~(hidden[lane] >> part);
                }

                if (!ScoreTile<TLanes, TVector>(
                    items[panel] + part, users.FactorsOf(quad), items.Rank, users.ThresholdsOf(quad), offered, scores))
                {
                    continue;
                }

                for (var lane = 0; lane < UserBlock.Lanes; lane++)
                {
                    users.Offer(
                        quad, lane, (panel * ItemPanels.Width) + part, scores + (lane * width), offered[lane]);
                }
            }
        }

        GC.KeepAlive(items);
    }

    // Calls nothing, since no vector register survives a call. Of the items on offer keeps those whose scores beat the
    // thresholds; stores the scores only where there are any, and says so.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool ScoreTile<TLanes, TVector>(
        float* biases, float* p, int rank, float* thresholds, ulong* offered, float* scores)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        var width = TLanes.Count;
        var (a0, a1, a2) = (TLanes.Load(biases), TLanes.Load(biases + width), TLanes.Load(biases + (2 * width)));
        var (b0, b1, b2) = (a0, a1, a2);
        var (c0, c1, c2) = (a0, a1, a2);
        var (d0, d1, d2) = (a0, a1, a2);
        var q = biases + ItemPanels.Width;
        for (var factor = 0; factor < rank; factor++)
        {
            var (q0, q1, q2) = (TLanes.Load(q), TLanes.Load(q + width), TLanes.Load(q + (2 * width)));
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

        var a = offered[0] & Above<TLanes, TVector>(a0, a1, a2, TLanes.Broadcast(thresholds[0]));
        var b = offered[1] & Above<TLanes, TVector>(b0, b1, b2, TLanes.Broadcast(thresholds[1]));
        var c = offered[2] & Above<TLanes, TVector>(c0, c1, c2, TLanes.Broadcast(thresholds[2]));
        var d = offered[3] & Above<TLanes, TVector>(d0, d1, d2, TLanes.Broadcast(thresholds[3]));
        if ((a | b | c | d) == 0)
        {
            return false;
        }

        (offered[0], offered[1], offered[2], offered[3]) = (a, b, c, d);
        Store<TLanes, TVector>(a0, a1, a2, scores);
        Store<TLanes, TVector>(b0, b1, b2, scores + (3 * width));
        Store<TLanes, TVector>(c0, c1, c2, scores + (6 * width));
        Store<TLanes, TVector>(d0, d1, d2, scores + (9 * width));
        return true;
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
