namespace Evenhand.Metrics.Statistics;

/// <summary>How much attention a place of a ranked list gets; place 0 is the top.</summary>
internal static class PositionModel
{
    /// <summary>Probability that a user who looked at a place goes on to the next one (geometric model).</summary>
    public const double Patience = 0.8;

    /// <summary>The discount of DCG by Burges et al. 2005.</summary>
    public static double Logarithmic(int place) => 1 / Math.Log2(place + 2);

    /// <summary>Moffat and Zobel 2008: a share of users that shrinks by the same factor from place to place.</summary>
    public static double Geometric(int place) => Math.Pow(Patience, place);

    /// <summary>The logarithmic model for places 0 .. count - 1.</summary>
    public static double[] LogarithmicTable(int count)
    {
        var table = new double[count];
        for (var place = 0; place < count; place++)
        {
            table[place] = Logarithmic(place);
        }

        return table;
    }
}
