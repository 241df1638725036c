namespace Evenhand.Data.Simulation;

/// <summary>Deals a number of rows out to users in proportion to their activity.</summary>
internal static class ActivityCounts
{
    /// <summary>Rows of each user; they add up to <paramref name="rows"/>, and none has more than
    /// <paramref name="cap"/>.</summary>
    /// <remarks>What users at the cap leave over goes to the others. Running sums are rounded, so that the total is
    /// exact.</remarks>
    public static int[] Of(ReadOnlySpan<double> weights, int rows, int cap)
    {
        var scale = Scale(weights, rows, cap);
        var counts = new int[weights.Length];
        var exact = 0.0;
        var dealt = 0L;
        for (var user = 0; user < counts.Length; user++)
        {
            exact += Math.Min(cap, weights[user] * scale);
            counts[user] = (int)((long)Math.Round(exact) - dealt);
            dealt += counts[user];
        }

        return counts;
    }

    // The scale at which the capped weights add up to the rows: users at the cap are set aside until no new one is.
    private static double Scale(ReadOnlySpan<double> weights, int rows, int cap)
    {
        var scale = 0.0;
        while (true)
        {
            var (free, left) = (0.0, (double)rows);
            foreach (var weight in weights)
            {
                if (weight * scale >= cap)
                {
                    left -= cap;
                }
                else
                {
                    free += weight;
                }
            }

            var next = free > 0 ? left / free : scale;
            if (next <= scale * (1 + 1e-12))
            {
                return scale;
            }

            scale = next;
        }
    }
}
