using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.PairwiseRanking;

/// <summary>Comparison of two items for a user, and the step that drives them apart.</summary>
/// <remarks>Rows have the stride of a <see cref="FactorTable"/>. Optimized from the first call on, so that sums have
/// one order at any time.</remarks>
internal static unsafe class PairwiseKernel
{
    /// <summary><c>p.(qi - qj)</c>.</summary>
    public static float Difference(float* user, float* chosen, float* other, int stride) =>
        stride % Lanes512.Count == 0 && Vector512.IsHardwareAccelerated
            ? Difference<Lanes512, Vector512<float>>(user, chosen, other, stride)
            : Difference<Lanes256, Vector256<float>>(user, chosen, other, stride);

    /// <summary>All at once: <c>p = keep p + step (qi - qj), qi = keep qi + step p,
    /// qj = keep qj - step p</c>.</summary>
    public static void Step(float* user, float* chosen, float* other, int stride, float step, float keep)
    {
        if (stride % Lanes512.Count == 0 && Vector512.IsHardwareAccelerated)
        {
            Step<Lanes512, Vector512<float>>(user, chosen, other, stride, step, keep);
        }
        else
        {
            Step<Lanes256, Vector256<float>>(user, chosen, other, stride, step, keep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Difference<TLanes, TVector>(float* user, float* chosen, float* other, int stride)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        var plus = TLanes.Zero;
        var minus = TLanes.Zero;
        for (var f = 0; f < stride; f += TLanes.Count)
        {
            var p = TLanes.Load(user + f);
            plus = TLanes.MultiplyAdd(p, TLanes.Load(chosen + f), plus);
            minus = TLanes.MultiplyAdd(p, TLanes.Load(other + f), minus);
        }

        return TLanes.Sum(plus) - TLanes.Sum(minus);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step<TLanes, TVector>(
        float* user, float* chosen, float* other, int stride, float step, float keep)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        var towards = TLanes.Broadcast(step);
        var away = TLanes.Broadcast(-step);
        var shrink = TLanes.Broadcast(keep);
        for (var f = 0; f < stride; f += TLanes.Count)
        {
            var p = TLanes.Load(user + f);
            var qi = TLanes.Load(chosen + f);
            var qj = TLanes.Load(other + f);
            var moved = TLanes.MultiplyAdd(towards, qi, TLanes.Multiply(shrink, p));
            TLanes.Store(TLanes.MultiplyAdd(away, qj, moved), user + f);
            TLanes.Store(TLanes.MultiplyAdd(towards, p, TLanes.Multiply(shrink, qi)), chosen + f);
            TLanes.Store(TLanes.MultiplyAdd(away, p, TLanes.Multiply(shrink, qj)), other + f);
        }
    }
}
