using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>The factors of an owner block by block, each block exactly with the others held (iALS++).</summary>
/// <remarks>With r the scores that the other blocks give and z the block:
/// <c>(sum w q q' + alpha G + ridge I) z = sum w (1 - r) q - alpha G' x' + pull</c>, where q, G and pull are restricted
/// to the block and G' x' runs over the other blocks.</remarks>
internal sealed class BlockRowSolver : ImplicitRowSolver
{
    private const int PartnersBetweenPolls = 1 << 14;

    private readonly FactorTable _held;
    private readonly FactorTable _gram;
    private readonly bool _nonNegative;
    private readonly NormalEquations _equations;
    private readonly NormalEquations? _lastEquations;
    private float[] _targets = [];

    public BlockRowSolver(FactorTable held, FactorTable gram, ImplicitAlternatingLeastSquaresOptions options)
    {
        _held = held;
        _gram = gram;
        _nonNegative = options.NonNegative;
        var whole = (options.BlockSize + FactorTable.Padding - 1) / FactorTable.Padding * FactorTable.Padding;
        var block = Math.Min(whole, held.Stride);
        _equations = new NormalEquations(block);
        _lastEquations = held.Stride % block == 0 ? null : new NormalEquations(held.Stride % block);
    }

    /// <inheritdoc/>
    public override void Improve(
        Span<float> own,
        ReadOnlySpan<int> partners,
        ReadOnlySpan<float> weights,
        OwnerTerms terms,
        CancellationToken cancellationToken)
    {
        if (_targets.Length < partners.Length)
        {
            _targets = new float[partners.Length];
        }

        // 1 - x.q, from here on kept up to date.
        var targets = _targets.AsSpan(0, partners.Length);
        targets.Fill(1);
        AddScores(-1, own, first: 0, partners, targets, cancellationToken);
        for (var first = 0; first < own.Length; first += _equations.Size)
        {
            var equations = first + _equations.Size <= own.Length ? _equations : _lastEquations!;
            var block = own.Slice(first, equations.Size);
            AddScores(1, block, first, partners, targets, cancellationToken);
            equations.Begin(_gram, first, terms.Unobserved);
            for (var row = 0; row < block.Length; row++)
            {
                var all = _gram.Padded(first + row);
                equations.Right[row] = -terms.Unobserved * (
                    FloatVectors.Dot(all[..first], own[..first])
                    + FloatVectors.Dot(all[(first + block.Length)..], own[(first + block.Length)..]));
            }

            equations.Add(_held, first, partners, weights, targets, biasColumn: -1, cancellationToken);
            terms.AddPull(first, equations.Right);
            equations.Solve(terms.Ridge, block, _nonNegative ? block.Length : 0);
            AddScores(-1, block, first, partners, targets, cancellationToken);
        }
    }

    /// <summary>Adds <c>sign z.q</c> for a block z of factors to the value of each partner.</summary>
    private void AddScores(
        float sign,
        ReadOnlySpan<float> block,
        int first,
        ReadOnlySpan<int> partners,
        Span<float> values,
        CancellationToken cancellationToken)
    {
        for (var i = 0; i < partners.Length; i++)
        {
            if (i % PartnersBetweenPolls == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            values[i] += sign * FloatVectors.Dot(_held.Padded(partners[i]).Slice(first, block.Length), block);
        }
    }
}
