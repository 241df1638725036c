using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>What the loss of one owner holds besides its observed pairs.</summary>
/// <param name="ridge">Weight of the squared factors.</param>
/// <param name="unobserved">Weight of the squared score of every partner: alpha, or more under a mitigation.</param>
/// <param name="pull">Added to the right side of the normal equations, with its padding; empty for nothing.</param>
internal readonly ref struct OwnerTerms(float ridge, float unobserved, ReadOnlySpan<float> pull)
{
    private readonly ReadOnlySpan<float> _pull = pull;

    public float Ridge { get; } = ridge;

    public float Unobserved { get; } = unobserved;

    /// <summary>Adds the pull on some factors.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="right">Right side of their equations.</param>
    public void AddPull(int first, Span<float> right)
    {
        if (!_pull.IsEmpty)
        {
            FloatVectors.AddScaled(1, _pull.Slice(first, right.Length), right);
        }
    }
}
