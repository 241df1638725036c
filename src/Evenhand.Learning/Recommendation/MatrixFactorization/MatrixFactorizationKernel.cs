using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>Stochastic gradient steps on the regularized square loss of a run of ratings.</summary>
/// <remarks>
/// For a rating r of weight w with error e = r - (bu + bi + p.q), the loss is
/// <c>w/2 (e^2 + lambda (|p|^2 + |q|^2 + bu^2 + bi^2))</c> and the step against its gradient, of size s w,
/// <c>p += s w (e q - lambda p), q += s w (e p - lambda q), bu += s w (e - lambda bu), bi += s w (e - lambda bi)</c>
/// (Koren, Bell, Volinsky 2009, eq. 5). Users and items play the same part, so either may be the rows.
/// </remarks>
internal static unsafe class MatrixFactorizationKernel
{
    // Ratings between the request for a row of factors and its use: time enough to fetch it from the last-level cache,
    // and few enough that both rows of each still fit into the first one.
    private const int PrefetchDistance = 12;

    /// <summary>Takes one step for each entry, in order.</summary>
    /// <param name="entries">Ratings whose row and column are rows of the tables.</param>
    /// <param name="weights">Weight of each entry; empty where all weigh 1.</param>
    /// <param name="rows">Factors of the rows; changed.</param>
    /// <param name="columns">Factors of the columns, of the same rank; changed.</param>
    /// <param name="rowBiases">Biases of the rows; changed. Null where there are none.</param>
    /// <param name="columnBiases">Biases of the columns; changed. Null where there are none.</param>
    /// <param name="step">Size of the steps.</param>
    /// <param name="lambda">Regularization.</param>
    /// <param name="nonNegative">Whether factors are moved back to 0 where a step takes them below.</param>
    /// <returns>The weighted sum of squared errors, each before its step; not finite where the steps
    /// diverged.</returns>
    public static double Descend(
        ReadOnlySpan<RatingEntry> entries,
        ReadOnlySpan<float> weights,
        FactorTable rows,
        FactorTable columns,
        float[]? rowBiases,
        float[]? columnBiases,
        float step,
        float lambda,
        bool nonNegative)
    {
        if (rows.Rank != columns.Rank)
        {
            throw new ArgumentException("Rows and columns differ in rank.", nameof(columns));
        }

        if (weights.Length != 0 && weights.Length != entries.Length)
        {
            throw new ArgumentException("Entries and weights differ in number.", nameof(weights));
        }

        fixed (RatingEntry* ratings = entries)
        fixed (float* ratingWeights = weights, bu = rowBiases, bi = columnBiases)
        {
            var job = new Job
            {
                Entries = ratings,
                Count = entries.Length,
                Weights = ratingWeights,
                Rows = rows.Pointer,
                Columns = columns.Pointer,
                RowBiases = bu,
                ColumnBiases = bi,
                Stride = rows.Stride,
                Step = step,
                Lambda = lambda,
            };
            var loss = nonNegative ? Descend<NonNegativeFactor>(job) : Descend<AnyFactor>(job);
            GC.KeepAlive(rows);
            GC.KeepAlive(columns);
            return loss;
        }
    }

    private static double Descend<TRange>(in Job job)
        where TRange : struct, IFactorRange =>
        job.Stride % Lanes512.Count == 0 && Vector512.IsHardwareAccelerated
            ? Descend<Vector512<float>, Lanes512, TRange>(job)
            : Descend<Vector256<float>, Lanes256, TRange>(job);

    private static double Descend<TVector, TLanes, TRange>(in Job job)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
        where TRange : struct, IFactorRange => (job.Stride / TLanes.Count) switch
        {
            1 => Run<TVector, TLanes, OneVector<TVector, TLanes, TRange>>(job),
            2 => Run<TVector, TLanes, Twice<TVector, OneVector<TVector, TLanes, TRange>>>(job),
            4 => Run<TVector, TLanes, Twice<TVector, Twice<TVector, OneVector<TVector, TLanes, TRange>>>>(job),
            8 => Run<TVector, TLanes,
                Twice<TVector, Twice<TVector, Twice<TVector, OneVector<TVector, TLanes, TRange>>>>>(job),
            _ => Run<TVector, TLanes, AnyVectors<TVector, TLanes, TRange>>(job),
        };

    // Optimized from the first call on: a fit may be one long call, and the order of sums must not change in its midst.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run<TVector, TLanes, TRow>(in Job job)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
        where TRow : struct, IFactorRow<TVector>
    {
        var entries = job.Entries;
        var count = job.Count;
        var weights = job.Weights;
        var rows = job.Rows;
        var columns = job.Columns;
        var rowBiases = job.RowBiases;
        var columnBiases = job.ColumnBiases;
        var length = TRow.Length(job.Stride);
        var loss = 0.0;
        var weight = 1f;
        var size = job.Step;
        var keep = 1 - (size * job.Lambda);
        var shrink = TLanes.Broadcast(keep);
        for (var i = 0; i < count; i++)
        {
            var next = entries + Math.Min(i + PrefetchDistance, count - 1);
            TRow.Prefetch(rows + (next->Row * length), length);
            TRow.Prefetch(columns + (next->Column * length), length);
            if (weights != null)
            {
                weight = weights[i];
                size = job.Step * weight;
                keep = 1 - (size * job.Lambda);
                shrink = TLanes.Broadcast(keep);
            }

            var entry = entries + i;
            var p = rows + (entry->Row * length);
            var q = columns + (entry->Column * length);
            var error = entry->Value - TLanes.Sum(TRow.AddProducts(p, q, TLanes.Zero, length));
            if (rowBiases != null)
            {
                var bu = rowBiases + entry->Row;
                var bi = columnBiases + entry->Column;
                error -= *bu + *bi;
                *bu = (keep * *bu) + (size * error);
                *bi = (keep * *bi) + (size * error);
            }

            loss += (double)weight * error * error;
            TRow.Step(p, q, shrink, TLanes.Broadcast(size * error), length);
        }

        return loss;
    }

    private readonly struct Job
    {
        public required RatingEntry* Entries { get; init; }

        public required int Count { get; init; }

        public required float* Weights { get; init; }

        public required float* Rows { get; init; }

        public required float* Columns { get; init; }

        public required float* RowBiases { get; init; }

        public required float* ColumnBiases { get; init; }

        public required int Stride { get; init; }

        public required float Step { get; init; }

        public required float Lambda { get; init; }
    }
}
