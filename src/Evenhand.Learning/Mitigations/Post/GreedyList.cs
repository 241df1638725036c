using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Mitigations.Post;

/// <summary>Builds a list place by place, each time with the candidate that gains most.</summary>
public static class GreedyList
{
    /// <summary>Builds a list.</summary>
    /// <param name="user">The candidates; of equal gains the first one is taken.</param>
    /// <param name="length">Length of the list; no more than there are candidates.</param>
    /// <param name="gain">Gain of a candidate, by its place among the candidates, given those taken so far.</param>
    /// <param name="taken">Told of each candidate taken, by its place.</param>
    /// <returns>Item codes in the order in which they were taken.</returns>
    public static int[] Build(Candidates user, int length, Func<int, double> gain, Action<int> taken)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(gain);
        ArgumentNullException.ThrowIfNull(taken);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, user.Items.Length);
        var list = new int[length];
        var isTaken = new bool[user.Items.Length];
        for (var place = 0; place < length; place++)
        {
            var (best, most) = (-1, double.NegativeInfinity);
            for (var candidate = 0; candidate < isTaken.Length; candidate++)
            {
                if (!isTaken[candidate] && gain(candidate) is var value && (best < 0 || value > most))
                {
                    (best, most) = (candidate, value);
                }
            }

            isTaken[best] = true;
            list[place] = user.Items[best];
            taken(best);
        }

        return list;
    }
}
