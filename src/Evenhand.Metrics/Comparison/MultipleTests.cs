namespace Evenhand.Metrics.Comparison;

/// <summary>p values of several tests at once, adjusted so that each can be held against the level that one alone would
/// be.</summary>
/// <remarks>An undefined p value stays undefined and counts as no test.</remarks>
public static class MultipleTests
{
    /// <summary>Holm's step-down adjustment, which keeps the probability of any false finding to the level.</summary>
    /// <remarks>The i-th smallest of m p values becomes the largest of (m - j + 1) p_j over j = 1 .. i, at most 1 (Holm
    /// 1979). Equals statsmodels multipletests(method="holm").</remarks>
    /// <param name="values">The p values.</param>
    /// <returns>Adjusted p values, in the same order.</returns>
    public static double[] Holm(IReadOnlyList<double> values)
    {
        var order = Ascending(values);
        var adjusted = Undefined(values);
        var largest = 0.0;
        for (var place = 0; place < order.Length; place++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - place) * values[order[place]]));
            adjusted[order[place]] = largest;
        }

        return adjusted;
    }

    /// <summary>Adjustment by Benjamini and Hochberg, which keeps the expected share of false findings among all
    /// findings to the level.</summary>
    /// <remarks>The i-th smallest of m p values becomes the smallest of m / j p_j over j = i .. m (Benjamini and
    /// Hochberg 1995). Equals scipy.stats.false_discovery_control.</remarks>
    /// <param name="values">The p values.</param>
    /// <returns>Adjusted p values, in the same order.</returns>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> values)
    {
        var order = Ascending(values);
        var adjusted = Undefined(values);
        var smallest = 1.0;
        for (var place = order.Length - 1; place >= 0; place--)
        {
            smallest = Math.Min(smallest, order.Length * values[order[place]] / (place + 1));
            adjusted[order[place]] = smallest;
        }

        return adjusted;
    }

    private static int[] Ascending(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return
        [
            .. Enumerable.Range(0, values.Count).Where(test => !double.IsNaN(values[test])).OrderBy(test => values[test]),
        ];
    }

    private static double[] Undefined(IReadOnlyList<double> values) =>
        [.. Enumerable.Repeat(double.NaN, values.Count)];
}
