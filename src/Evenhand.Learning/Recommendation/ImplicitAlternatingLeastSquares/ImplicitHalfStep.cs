namespace Evenhand.Learning;

/// <summary>One half of an iteration: new factors of all items with the users held, or the other way round.</summary>
internal static class ImplicitHalfStep
{
    /// <param name="table">Factors that are improved; one row an owner.</param>
    /// <param name="held">Factors that are held; one row a partner.</param>
    /// <param name="pairs">Partners of each owner.</param>
    /// <param name="ridges">Regularization of each owner.</param>
    /// <param name="options">Weights and solver.</param>
    /// <param name="context">Cancellation and threads; owners are independent, so the result does not depend on
    /// them.</param>
    public static void Improve(
        FactorTable table,
        FactorTable held,
        ObservedPairs pairs,
        FrequencyRegularization ridges,
        ImplicitAlternatingLeastSquaresOptions options,
        FitContext context)
    {
        var gram = GramMatrix.Of(held, context.Threads, context.CancellationToken);
        Parallel.For(
            0,
            table.Rows,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.CancellationToken,
            },
            () => ImplicitRowSolver.Of(held, gram, options),
            (owner, _, solver) =>
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                var weights = pairs.WeightsOf(owner);
                solver.Improve(
                    table.Padded(owner),
                    pairs.PartnersOf(owner),
                    weights,
                    ridges.Ridge(weights, held.Rows, options),
                    context.CancellationToken);
                return solver;
            },
            _ => { });
    }
}
