using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>The exact factors of an owner: <c>(sum w q q' + alpha G + ridge I) x = sum w q + pull</c>.</summary>
internal sealed class CholeskyRowSolver(
    FactorTable held, FactorTable gram, ImplicitAlternatingLeastSquaresOptions options) : ImplicitRowSolver
{
    private readonly NormalEquations _equations = new(held.Stride);

    /// <inheritdoc/>
    public override void Improve(
        Span<float> own,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        OwnerTerms terms,
        CancellationToken cancellationToken)
    {
        _equations.Begin(gram, first: 0, terms.Unobserved);
        _equations.Add(held, first: 0, partners, weights, targets: [], biasColumn: -1, cancellationToken);
        terms.AddPull(first: 0, _equations.Right);
        _equations.Solve(terms.Ridge, own, options.NonNegative ? own.Length : 0);
    }
}
