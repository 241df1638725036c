using System.Runtime.CompilerServices;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>The training rows of each user, or item, and what coordinate descent sums over them.</summary>
/// <remarks>Sums of one entity run over its own rows in one order, so they do not depend on the number of
/// threads.</remarks>
internal sealed class SideRows
{
    private const int EntitiesOfJob = 256;

    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly int[] _partners;
    private readonly double[]? _weights;

    /// <param name="own">Entity of each row.</param>
    /// <param name="partners">Entity of the other side of each row.</param>
    /// <param name="weights">Weight of each row; null where all weigh 1.</param>
    /// <param name="count">Number of entities.</param>
    public SideRows(int[] own, int[] partners, double[]? weights, int count)
    {
        var index = EntityIndex.Of(own, partners, count);
        _rows = index.Rows;
        _partners = Array.ConvertAll(_rows, row => partners[row]);
        _weights = weights is null ? null : Array.ConvertAll(_rows, row => weights[row]);
        _starts = new int[count + 1];
        for (var entity = 0; entity < count; entity++)
        {
            _starts[entity + 1] = _starts[entity] + index.RowsOf(entity).Length;
        }

        Weights = new double[count];
        for (var entity = 0; entity < count; entity++)
        {
            for (var i = _starts[entity]; i < _starts[entity + 1]; i++)
            {
                Weights[entity] += Weight(i);
            }
        }
    }

    /// <summary>Sum of the weights w of each entity's rows.</summary>
    public double[] Weights { get; }

    /// <summary>For each entity the sums of w e, w e q, w q and w q^2 over its rows.</summary>
    /// <param name="errors">The error e of each row.</param>
    /// <param name="factor">One factor q of each partner; null where only w e is wanted.</param>
    /// <param name="sums">Receives the sums.</param>
    /// <param name="context">Threads and cancellation.</param>
    public void Sum(double[] errors, double[]? factor, RowSums[] sums, FitContext context) =>
        ForEntities(context, (from, to) => Sum(errors, factor, sums, from, to));

    /// <summary>Takes a change of the entities from the errors: <c>e -= own + q common</c>.</summary>
    /// <param name="errors">The error of each row; changed.</param>
    /// <param name="factor">One factor q of each partner; null where it plays no part.</param>
    /// <param name="changes">How much each entity's predictions changed.</param>
    /// <param name="context">Threads and cancellation.</param>
    public void Correct(double[] errors, double[]? factor, EntityChange[] changes, FitContext context) =>
        ForEntities(context, (from, to) => Correct(errors, factor, changes, from, to));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(double[] errors, double[]? factor, RowSums[] sums, int from, int to)
    {
        for (var entity = from; entity < to; entity++)
        {
            var sum = default(RowSums);
            for (var i = _starts[entity]; i < _starts[entity + 1]; i++)
            {
                var weight = _weights is null ? 1 : _weights[i];
                var error = weight * errors[_rows[i]];
                sum.Error += error;
                if (factor is not null)
                {
                    var partner = factor[_partners[i]];
                    sum.ErrorTimesFactor += error * partner;
                    sum.Factor += weight * partner;
                    sum.FactorSquared += weight * partner * partner;
                }
            }

            sums[entity] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Correct(double[] errors, double[]? factor, EntityChange[] changes, int from, int to)
    {
        for (var entity = from; entity < to; entity++)
        {
            var (own, common) = changes[entity];
            for (var i = _starts[entity]; i < _starts[entity + 1]; i++)
            {
                errors[_rows[i]] -= factor is null ? own : own + (common * factor[_partners[i]]);
            }
        }
    }

    private double Weight(int place) => _weights is null ? 1 : _weights[place];

    private void ForEntities(FitContext context, Action<int, int> work)
    {
        var count = Weights.Length;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        Parallel.For(0, (count + EntitiesOfJob - 1) / EntitiesOfJob, options, job =>
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            work(job * EntitiesOfJob, Math.Min(count, (job + 1) * EntitiesOfJob));
        });
    }
}

/// <summary>Sums over the rows of one entity, with w the weight, e the error of a row and q the partner's
/// factor.</summary>
internal struct RowSums
{
    /// <summary>The sum of w e.</summary>
    public double Error;

    /// <summary>The sum of w e q.</summary>
    public double ErrorTimesFactor;

    /// <summary>The sum of w q.</summary>
    public double Factor;

    /// <summary>The sum of w q^2.</summary>
    public double FactorSquared;
}

/// <summary>How far the predictions of one entity's rows moved: by own + common q, with q the partner's
/// factor.</summary>
/// <param name="Own">The part that is the same in all its rows.</param>
/// <param name="Common">What goes with the partner's factor.</param>
internal readonly record struct EntityChange(double Own, double Common);
