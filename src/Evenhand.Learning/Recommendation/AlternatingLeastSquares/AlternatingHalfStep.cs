using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.AlternatingLeastSquares;

/// <summary>One half of an iteration: new factors of all items with the users held, or the other way round.</summary>
/// <remarks>With biases, the column behind the factors of a table holds them.</remarks>
internal static class AlternatingHalfStep
{
    /// <param name="table">Factors that are improved; one row an owner.</param>
    /// <param name="held">Factors that are held; one row a partner.</param>
    /// <param name="pairs">Partners of each owner, with the scaled ratings.</param>
    /// <param name="options">Regularization, biases, bounds.</param>
    /// <param name="context">Cancellation and threads; owners are independent, so the result does not depend on
    /// them.</param>
    public static void Improve(
        FactorTable table,
        FactorTable held,
        ObservedPairs pairs,
        AlternatingLeastSquaresOptions options,
        FitContext context) => Parallel.For(
            0,
            table.Rows,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.CancellationToken,
            },
            () => new NormalEquations(held.Stride),
            (owner, _, equations) =>
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                Solve(
                    equations,
                    table[owner],
                    held,
                    pairs.PartnersOf(owner),
                    pairs.WeightsOf(owner),
                    pairs.ValuesOf(owner),
                    options,
                    context.CancellationToken);
                return equations;
            },
            _ => { });

    /// <summary>The factors x (and bias b) of one owner: the minimum of
    /// <c>sum w (r - bias of the partner - b - q.x)^2 + lambda sum w (|x|^2 + b^2)</c>.</summary>
    /// <param name="equations">Room for the stride of the held table.</param>
    /// <param name="own">Receives them; holds where the search starts if factors must not be negative.</param>
    /// <param name="held">Factors that are held.</param>
    /// <param name="partners">Rows of the held table.</param>
    /// <param name="weights">w of each.</param>
    /// <param name="values">r of each.</param>
    /// <param name="options">Regularization, biases, bounds.</param>
    /// <param name="cancellationToken">Polled so that owners with many partners hold nobody up.</param>
    public static void Solve(
        NormalEquations equations,
        Span<float> own,
        FactorTable held,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> values,
        AlternatingLeastSquaresOptions options,
        CancellationToken cancellationToken)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        equations.Begin(matrix: null, first: 0, scale: 0);
        equations.Add(
            held, 0, partners, weights, values, options.Biases ? options.ApproximationRank : -1, cancellationToken);
        equations.Solve(
            (float)(options.Lambda * sum), own, options.NonNegative ? options.ApproximationRank : 0);
    }
}
