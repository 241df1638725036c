using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>Finds the factors x of one owner with its partners held: room and method, for one thread.</summary>
/// <remarks>The minimum of <c>sum over observed partners w (1 - q.x)^2 + alpha x'Gx + ridge |x|^2 - 2 pull.x</c>,
/// where G is the Gram matrix of all partners (Hu, Koren, Volinsky 2008, eq. 4).</remarks>
internal abstract class ImplicitRowSolver
{
    /// <summary>The solver that the options name.</summary>
    public static ImplicitRowSolver Of(
        FactorTable held, FactorTable gram, ImplicitAlternatingLeastSquaresOptions options) => options.Solver switch
        {
            ImplicitSolver.Cholesky => new CholeskyRowSolver(held, gram, options),
            ImplicitSolver.ConjugateGradient => new ConjugateGradientRowSolver(held, gram, options),
            _ => new BlockRowSolver(held, gram, options),
        };

    /// <param name="own">x with its padding; holds where the search starts, receives where it ends.</param>
    /// <param name="partners">Rows of the observed partners in the held table.</param>
    /// <param name="weights">w of each.</param>
    /// <param name="terms">alpha, ridge and pull.</param>
    /// <param name="cancellationToken">Polled so that owners with many partners hold nobody up.</param>
    public abstract void Improve(
        Span<float> own,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        OwnerTerms terms,
        CancellationToken cancellationToken);
}
