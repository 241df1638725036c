using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

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
    /// <param name="penalized">Rows that join the partners as unobserved ones, where the table holds users: the
    /// directions of <see cref="GroupDeviations"/>; null for none.</param>
    /// <param name="ofTable">Deviations of the groups that are penalized, where the table holds items; null for
    /// none.</param>
    public static void Improve(
        FactorTable table,
        FactorTable held,
        ObservedPairs pairs,
        FrequencyRegularization ridges,
        ImplicitAlternatingLeastSquaresOptions options,
        FitContext context,
        FactorTable? penalized = null,
        GroupDeviations? ofTable = null)
    {
        var gram = GramMatrix.Of(held, context.Threads, context.CancellationToken);
        if (penalized is not null)
        {
            GroupDeviations.Add(penalized, gram);
        }

        Parallel.For(
            0,
            table.Rows,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.CancellationToken,
            },
            () => (Solver: ImplicitRowSolver.Of(held, gram, options), Room: new FactorTable(2, held.Rank)),
            (owner, _, own) =>
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                var factors = table.Padded(owner);
                var weights = pairs.WeightsOf(owner);
                var terms = new OwnerTerms(
                    ridges.Ridge(weights, held.Rows, options),
                    (float)options.Alpha * (ofTable?.UnobservedFactor(owner) ?? 1),
                    ofTable is null ? [] : ofTable.Pull(owner, factors, gram, options.Alpha, own.Room));
                own.Solver.Improve(factors, pairs.PartnersOf(owner), weights, terms, context.CancellationToken);
                return own;
            },
            _ => { });
    }
}
