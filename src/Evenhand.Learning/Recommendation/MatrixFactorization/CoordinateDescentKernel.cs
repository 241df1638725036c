using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>One pass of coordinate descent over the factors of all users with the items held, or the other way
/// round.</summary>
internal static class CoordinateDescentKernel
{
    /// <param name="table">Factors that are improved; one row an owner.</param>
    /// <param name="held">Factors that are held; one row a partner.</param>
    /// <param name="pairs">Partners of each owner.</param>
    /// <param name="options">Alpha, C, Lambda and NonNegative.</param>
    /// <param name="context">Cancellation and threads; owners are independent, so the result does not depend on
    /// them.</param>
    public static void Improve(
        FactorTable table,
        FactorTable held,
        ObservedPairs pairs,
        MatrixFactorizationOptions options,
        FitContext context)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.CancellationToken,
        };
        var sums = new FactorTable(1, held.Rank);
        for (var row = 0; row < held.Rows; row++)
        {
            FloatVectors.AddScaled(1, held.Padded(row), sums.Padded(0));
        }

        var gram = new FactorTable(held.Rank, held.Rank);
        Parallel.For(0, held.Rank, parallel, factor =>
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            for (var row = 0; row < held.Rows; row++)
            {
                FloatVectors.AddScaled(held[row][factor], held.Padded(row), gram.Padded(factor));
            }
        });
        Parallel.For(
            0,
            table.Rows,
            parallel,
            () => new Scratch(held.Rank),
            (owner, _, scratch) =>
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                scratch.Gather(held, pairs.PartnersOf(owner), pairs.WeightsOf(owner), table.Padded(owner), options);
                Improve(table.Padded(owner), table.Rank, held.Rows, gram, sums.Padded(0), scratch, options);
                return scratch;
            },
            _ => { });
    }

    private static void Improve(
        Span<float> own,
        int rank,
        int partners,
        FactorTable gram,
        ReadOnlySpan<float> sums,
        Scratch scratch,
        MatrixFactorizationOptions options)
    {
        var alpha = (float)options.Alpha;
        var target = (float)(options.Alpha * options.C);
        var ridge = (float)(options.Lambda
            * (scratch.ObservedWeight + (options.Alpha * (partners - scratch.ObservedCount))));
        for (var factor = 0; factor < rank; factor++)
        {
            var old = own[factor];
            var (residual, curvature) = FloatVectors.WeightedSums(
                scratch.Targets, scratch.Weights, scratch.Column(factor), scratch.Products);
            var others = FloatVectors.Dot(own, gram.Padded(factor)) - (old * gram[factor][factor]);
            var numerator = residual + (old * curvature) + (target * sums[factor]) - (alpha * others);
            var denominator = curvature + (alpha * gram[factor][factor]) + ridge;
            if (denominator <= float.Epsilon)
            {
                continue;
            }

            var better = numerator / denominator;
            own[factor] = options.NonNegative ? Math.Max(better, 0) : better;
            FloatVectors.AddScaled(own[factor] - old, scratch.Column(factor), scratch.Products);
        }
    }

    /// <summary>The partners of one owner, laid out by factor; all vectors are padded with zeros.</summary>
    private sealed class Scratch(int rank)
    {
        private float[] _columns = [];
        private float[] _targets = [];
        private float[] _weights = [];
        private float[] _products = [];
        private int _padded;

        public int ObservedCount { get; private set; }

        public double ObservedWeight { get; private set; }

        /// <summary>w - alpha c for each partner: what observed pairs add to the weighted targets of all
        /// pairs.</summary>
        public ReadOnlySpan<float> Targets => _targets.AsSpan(0, _padded);

        /// <summary>w - alpha for each partner: what observed pairs add to the weights of all pairs.</summary>
        public ReadOnlySpan<float> Weights => _weights.AsSpan(0, _padded);

        /// <summary>p.q for each partner.</summary>
        public Span<float> Products => _products.AsSpan(0, _padded);

        public ReadOnlySpan<float> Column(int factor) => _columns.AsSpan(factor * _padded, _padded);

        public void Gather(
            FactorTable held,
            ReadOnlySpan<int> partners,
            ReadOnlySpan<float> weights,
            ReadOnlySpan<float> own,
            MatrixFactorizationOptions options)
        {
            ObservedCount = partners.Length;
            ObservedWeight = 0;
            _padded = (partners.Length + FactorTable.Padding - 1) / FactorTable.Padding * FactorTable.Padding;
            if (_products.Length < _padded)
            {
                _targets = new float[_padded];
                _weights = new float[_padded];
                _products = new float[_padded];
                _columns = new float[checked(_padded * rank)];
            }

            _targets.AsSpan(0, _padded).Clear();
            _weights.AsSpan(0, _padded).Clear();
            _products.AsSpan(0, _padded).Clear();
            _columns.AsSpan(0, _padded * rank).Clear();
            for (var i = 0; i < partners.Length; i++)
            {
                var factors = held[partners[i]];
                ObservedWeight += weights[i];
                _targets[i] = (float)(weights[i] - (options.Alpha * options.C));
                _weights[i] = (float)(weights[i] - options.Alpha);
                _products[i] = FloatVectors.Dot(held.Padded(partners[i]), own);
                for (var factor = 0; factor < factors.Length; factor++)
                {
                    _columns[(factor * _padded) + i] = factors[factor];
                }
            }
        }
    }
}
