namespace Evenhand.Metrics.Statistics;

/// <summary>The exposure that a user's items would get if all relevant items stood above all others, and items of equal
/// relevance shared their places evenly (Diaz et al. 2020, section 4.2), as shares of the exposure of k
/// places.</summary>
/// <param name="OfRelevant">Of each relevant item.</param>
/// <param name="OfOthers">Of each other item of the catalogue.</param>
internal readonly record struct TargetExposure(double OfRelevant, double OfOthers)
{
    /// <summary>The targets of a user.</summary>
    /// <param name="relevant">Number of relevant items.</param>
    /// <param name="items">Number of items of the catalogue.</param>
    /// <param name="cumulative">Exposure of the first 0 .. k places.</param>
    public static TargetExposure Of(int relevant, int items, double[] cumulative)
    {
        var places = Math.Min(cumulative.Length - 1, items);
        var top = cumulative[Math.Min(relevant, places)];
        return new TargetExposure(
            relevant == 0 ? 0 : top / relevant / cumulative[^1],
            items == relevant ? 0 : (cumulative[places] - top) / (items - relevant) / cumulative[^1]);
    }

    /// <summary>Exposure of the first 0 .. k places under the logarithmic model.</summary>
    public static double[] Cumulative(int k)
    {
        var cumulative = new double[k + 1];
        for (var place = 0; place < k; place++)
        {
            cumulative[place + 1] = cumulative[place] + PositionModel.Logarithmic(place);
        }

        return cumulative;
    }
}
