using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Evenhand.Learning;

/// <summary>Stochastic gradient steps on the regularized square loss of a run of ratings.</summary>
/// <remarks>
/// For a rating r of weight w with error e = r - (bu + bi + p.q), the loss is
/// <c>w/2 (e^2 + lambda (|p|^2 + |q|^2 + bu^2 + bi^2))</c> and the step against its gradient, of size s w,
/// <c>p += s w (e q - lambda p), q += s w (e p - lambda q), bu += s w (e - lambda bu), bi += s w (e - lambda bi)</c>
/// (Koren, Bell, Volinsky 2009, eq. 5).
/// </remarks>
internal static unsafe class MatrixFactorizationKernel
{
    /// <summary>Takes one step for each entry, in order.</summary>
    /// <param name="entries">Ratings whose user and item are rows of the tables.</param>
    /// <param name="users">Factors of the users; changed.</param>
    /// <param name="items">Factors of the items, of the same rank; changed.</param>
    /// <param name="userBiases">Biases of the users; changed. Null where there are none.</param>
    /// <param name="itemBiases">Biases of the items; changed. Null where there are none.</param>
    /// <param name="step">Size of the steps.</param>
    /// <param name="lambda">Regularization.</param>
    /// <param name="nonNegative">Whether factors are moved back to 0 where a step takes them below.</param>
    /// <returns>The weighted sum of squared errors, each before its step; not finite where the steps
    /// diverged.</returns>
    public static double Descend(
        ReadOnlySpan<RatingEntry> entries,
        FactorTable users,
        FactorTable items,
        float[]? userBiases,
        float[]? itemBiases,
        float step,
        float lambda,
        bool nonNegative)
    {
        if (users.Rank != items.Rank)
        {
            throw new ArgumentException("Users and items differ in rank.", nameof(items));
        }

        fixed (float* bu = userBiases, bi = itemBiases)
        {
            var job = new Job
            {
                Users = users.Pointer,
                Items = items.Pointer,
                UserBiases = bu,
                ItemBiases = bi,
                Stride = users.Stride,
                Step = step,
                Lambda = lambda,
                NonNegative = nonNegative,
            };
            var loss = users.Stride % Lanes512.Count == 0 && Vector512.IsHardwareAccelerated
                ? Descend<Lanes512, Vector512<float>>(entries, job)
                : Descend<Lanes256, Vector256<float>>(entries, job);
            GC.KeepAlive(users);
            GC.KeepAlive(items);
            return loss;
        }
    }

    // Optimized from the first call on: a fit may be one long call, and the order of sums must not change in its midst.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Descend<TLanes, TVector>(ReadOnlySpan<RatingEntry> entries, in Job job)
        where TLanes : struct, IVectorLanes<TVector>
        where TVector : struct
    {
        var stride = job.Stride;
        var loss = 0.0;
        foreach (ref readonly var entry in entries)
        {
            var p = job.Users + ((long)entry.User * stride);
            var q = job.Items + ((long)entry.Item * stride);
            var even = TLanes.Zero;
            var odd = TLanes.Zero;
            var f = 0;
            for (; f <= stride - (2 * TLanes.Count); f += 2 * TLanes.Count)
            {
                even = TLanes.MultiplyAdd(TLanes.Load(p + f), TLanes.Load(q + f), even);
                odd = TLanes.MultiplyAdd(TLanes.Load(p + f + TLanes.Count), TLanes.Load(q + f + TLanes.Count), odd);
            }

            if (f < stride)
            {
                even = TLanes.MultiplyAdd(TLanes.Load(p + f), TLanes.Load(q + f), even);
            }

            var error = entry.Value - TLanes.Sum(TLanes.Add(even, odd));
            var size = job.Step * entry.Weight;
            var keep = 1 - (size * job.Lambda);
            if (job.UserBiases != null)
            {
                var bu = job.UserBiases + entry.User;
                var bi = job.ItemBiases + entry.Item;
                error -= *bu + *bi;
                *bu = (keep * *bu) + (size * error);
                *bi = (keep * *bi) + (size * error);
            }

            loss += (double)entry.Weight * error * error;
            var shrink = TLanes.Broadcast(keep);
            var move = TLanes.Broadcast(size * error);
            for (f = 0; f < stride; f += TLanes.Count)
            {
                var own = TLanes.Load(p + f);
                var other = TLanes.Load(q + f);
                var user = TLanes.MultiplyAdd(move, other, TLanes.Multiply(shrink, own));
                var item = TLanes.MultiplyAdd(move, own, TLanes.Multiply(shrink, other));
                TLanes.Store(job.NonNegative ? TLanes.AtLeastZero(user) : user, p + f);
                TLanes.Store(job.NonNegative ? TLanes.AtLeastZero(item) : item, q + f);
            }
        }

        return loss;
    }

    private readonly struct Job
    {
        public required float* Users { get; init; }

        public required float* Items { get; init; }

        public required float* UserBiases { get; init; }

        public required float* ItemBiases { get; init; }

        public required int Stride { get; init; }

        public required float Step { get; init; }

        public required float Lambda { get; init; }

        public required bool NonNegative { get; init; }
    }
}
