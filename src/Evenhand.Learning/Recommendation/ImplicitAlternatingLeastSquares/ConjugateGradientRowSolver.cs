using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>A few steps of conjugate gradient on the normal equations of an owner, whose matrix is never made: its
/// product with a vector takes one pass over the partners and one over the Gram matrix.</summary>
internal sealed class ConjugateGradientRowSolver(
    FactorTable held, FactorTable gram, ImplicitAlternatingLeastSquaresOptions options) : ImplicitRowSolver
{
    // Of squared residuals: below it, nothing is left to gain.
    private const float Smallest = 1e-20f;
    private const int PartnersBetweenPolls = 1 << 14;

    private readonly FactorTable _vectors = new(3, held.Stride);

    private Span<float> Residual => _vectors.Padded(0);

    private Span<float> Direction => _vectors.Padded(1);

    private Span<float> Product => _vectors.Padded(2);

    /// <inheritdoc/>
    public override void Improve(
        Span<float> own,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        OwnerTerms terms,
        CancellationToken cancellationToken)
    {
        // b - A x in one pass: sum w (1 - q.x) q - alpha G x - ridge x + pull.
        Residual.Clear();
        AddAll(own, -1, terms, Residual);
        AddObserved(own, target: 1, -1, partners, weights, Residual, cancellationToken);
        terms.AddPull(first: 0, Residual);
        Residual.CopyTo(Direction);
        var squares = FloatVectors.Dot(Residual, Residual);
        for (var step = 0; step < options.ConjugateGradientSteps && squares > Smallest; step++)
        {
            Product.Clear();
            AddAll(Direction, 1, terms, Product);
            AddObserved(Direction, target: 0, 1, partners, weights, Product, cancellationToken);
            var curvature = FloatVectors.Dot(Direction, Product);
            if (!(curvature > 0))
            {
                return;
            }

            var length = squares / curvature;
            FloatVectors.AddScaled(length, Direction, own);
            FloatVectors.AddScaled(-length, Product, Residual);
            var last = squares;
            squares = FloatVectors.Dot(Residual, Residual);

            // d = r + (r.r / last r.r) d
            FloatVectors.AddScaled((squares / last) - 1, Direction, Direction);
            FloatVectors.AddScaled(1, Residual, Direction);
        }
    }

    /// <summary>Adds <c>sign (alpha G v + ridge v)</c>.</summary>
    private void AddAll(ReadOnlySpan<float> vector, int sign, OwnerTerms terms, Span<float> result)
    {
        for (var row = 0; row < vector.Length; row++)
        {
            FloatVectors.AddScaled(sign * terms.Unobserved * vector[row], gram.Padded(row), result);
        }

        FloatVectors.AddScaled(sign * terms.Ridge, vector, result);
    }

    /// <summary>Adds <c>sum w (target + sign q.v) q</c>.</summary>
    private void AddObserved(
        ReadOnlySpan<float> vector,
        float target,
        float sign,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        Span<float> result,
        CancellationToken cancellationToken)
    {
        for (var start = 0; start < partners.Length; start += PartnersBetweenPolls)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(PartnersBetweenPolls, partners.Length - start);
            PartnerKernel.AddProjections(
                held, partners.Slice(start, count), weights.Slice(start, count), target, sign, vector, result);
        }
    }
}
