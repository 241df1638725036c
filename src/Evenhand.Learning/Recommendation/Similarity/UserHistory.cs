namespace Evenhand.Learning.Recommendation.Similarity;

/// <summary>What one user has rated or chosen, as <see cref="FeedbackMatrix"/> holds it.</summary>
/// <param name="items">Item codes, ascending.</param>
/// <param name="signals">Deviation from the baseline (explicit) or 1 (implicit), times the root of the weight.</param>
/// <param name="weights">Weight of each item.</param>
/// <param name="bias">The user's deviation from the mean rating; 0 for implicit feedback.</param>
internal readonly ref struct UserHistory(
    ReadOnlySpan<int> items, ReadOnlySpan<float> signals, ReadOnlySpan<float> weights, double bias)
{
    public ReadOnlySpan<int> Items { get; } = items;

    public ReadOnlySpan<float> Signals { get; } = signals;

    public ReadOnlySpan<float> Weights { get; } = weights;

    public double Bias { get; } = bias;

    /// <summary>The sum of the squared signals.</summary>
    public double Squares
    {
        get
        {
            var squares = 0.0;
            foreach (var signal in Signals)
            {
                squares += (double)signal * signal;
            }

            return squares;
        }
    }
}
