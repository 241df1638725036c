namespace Evenhand.Learning.Recommendation.MatrixFactorization;

/// <summary>From labels to the values that are fitted: <c>(label - origin) / unit</c>.</summary>
/// <param name="labels">Gives mean and unit.</param>
/// <param name="centred">Whether the origin is the mean; otherwise it is 0.</param>
internal readonly struct RatingScale(LabelScale labels, bool centred)
{
    private readonly double _origin = centred ? labels.Mean : 0;
    private readonly double _unit = labels.Deviation;

    public float Of(double label) => (float)((label - _origin) / _unit);
}
