using Evenhand.Learning.Recommendation.Factors;

namespace Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;

/// <summary>How strongly the squared factors of a user or an item weigh, by how often it was observed.</summary>
/// <remarks>S. Rendle, W. Krichene, L. Zhang, Y. Koren, RecSys 2022, section 3: <c>l f^nu</c> with
/// <c>f = w + alpha n</c> for an owner whose pairs weigh w together among n partners, observed or not.</remarks>
/// <param name="Scale">l.</param>
/// <param name="Items">Number of items that occur: n of a user.</param>
internal readonly record struct FrequencyRegularization(double Scale, int Items)
{
    /// <summary>Chooses l so that <c>sum l f^nu = lambda sum f</c> over all users and items.</summary>
    public static FrequencyRegularization Of(
        ObservedPairs byUser,
        int users,
        ObservedPairs byItem,
        int items,
        ImplicitAlternatingLeastSquaresOptions options)
    {
        var (plain, scaled) = (0.0, 0.0);
        for (var user = 0; user < users; user++)
        {
            Count(byUser.WeightsOf(user), items);
        }

        for (var item = 0; item < items; item++)
        {
            Count(byItem.WeightsOf(item), users);
        }

        return new FrequencyRegularization(options.Lambda * plain / scaled, items);

        void Count(ReadOnlySpan<float> weights, int partners)
        {
            var frequency = Frequency(weights, partners, options.Alpha);
            plain += frequency;
            scaled += Math.Pow(frequency, options.Nu);
        }
    }

    public static FrequencyRegularization Read(ModelReader reader) =>
        new(reader.ReadDouble("regularizationScale"), (int)reader.ReadDouble("regularizationItems"));

    public void Write(ModelWriter writer)
    {
        writer.Write("regularizationScale", Scale);
        writer.Write("regularizationItems", Items);
    }

    /// <summary>The ridge of one owner.</summary>
    /// <param name="weights">Weights of its observed pairs.</param>
    /// <param name="partners">How many partners there are, observed or not.</param>
    /// <param name="options">Alpha and nu.</param>
    public float Ridge(
        ReadOnlySpan<float> weights, int partners, ImplicitAlternatingLeastSquaresOptions options) =>
        (float)(Scale * Math.Pow(Frequency(weights, partners, options.Alpha), options.Nu));

    private static double Frequency(ReadOnlySpan<float> weights, int partners, double alpha)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        return sum + (alpha * partners);
    }
}
