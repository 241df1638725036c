namespace Evenhand.Metrics.Statistics;

/// <summary>The ranked group fairness test of Zehlike et al. 2017, FA*IR: a fair top-k ranking algorithm: how many
/// protected items each prefix of a list must hold at least.</summary>
public static class FairTopK
{
    /// <summary>Significance of the test, as its authors use it: a list drawn fairly fails with at most this
    /// probability.</summary>
    public const double Significance = 0.1;

    // Halvings of the interval of alpha; the table changes at few points, and none of them is so close to another.
    private const int Halvings = 50;

    /// <summary>The least number of protected items among the first 1 .. k, at the significance adjusted for testing
    /// all prefixes.</summary>
    /// <remarks>
    /// Definition 3.1 and algorithm 1: a prefix of length i passes where the number t of its protected items has
    /// F(t; i, p) &gt; alpha_c, with F the binomial distribution function. The adjusted alpha_c is the largest (found
    /// by bisection) at which a list of Bernoulli(p) draws fails any of the k tests with probability of at most alpha.
    /// </remarks>
    /// <param name="k">Length of the list.</param>
    /// <param name="proportion">Minimum proportion p of protected items, in [0, 1].</param>
    /// <param name="significance">alpha, in (0, 1).</param>
    /// <returns>One minimum for each prefix, the shortest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static int[] MinimumProtected(int k, double proportion, double significance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        if (!(proportion is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(proportion), proportion, "A proportion lies in [0, 1].");
        }

        if (!(significance is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(significance), significance, "Significance lies in (0, 1).");
        }

        if (proportion is 0 or 1)
        {
            return [.. Enumerable.Range(1, k).Select(length => proportion == 0 ? 0 : length)];
        }

        return MinimumAt(k, proportion, AdjustedSignificance(k, proportion, significance));
    }

    /// <summary>The significance of each single test at which the tests of all k prefixes together have the given
    /// one.</summary>
    /// <param name="k">Length of the list.</param>
    /// <param name="proportion">Minimum proportion p of protected items, in (0, 1).</param>
    /// <param name="significance">alpha, in (0, 1).</param>
    public static double AdjustedSignificance(int k, double proportion, double significance)
    {
        var (passes, fails) = (0.0, significance);
        if (FailureProbability(MinimumAt(k, proportion, significance), proportion) <= significance)
        {
            return significance;
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = (passes + fails) / 2;
            if (FailureProbability(MinimumAt(k, proportion, middle), proportion) <= significance)
            {
                passes = middle;
            }
            else
            {
                fails = middle;
            }
        }

        return passes;
    }

    /// <summary>Probability that a list of independent draws, each protected with probability p, falls short of the
    /// minimum in any prefix.</summary>
    /// <param name="minima">The minimum of each prefix, the shortest first.</param>
    /// <param name="proportion">p.</param>
    public static double FailureProbability(IReadOnlyList<int> minima, double proportion)
    {
        ArgumentNullException.ThrowIfNull(minima);

        // Probability of having passed so far with that number of protected items.
        var passing = new double[minima.Count + 1];
        passing[0] = 1;
        for (var length = 1; length <= minima.Count; length++)
        {
            for (var found = length; found >= 0; found--)
            {
                var drawn = (passing[found] * (1 - proportion)) + (found > 0 ? passing[found - 1] * proportion : 0);
                passing[found] = found < minima[length - 1] ? 0 : drawn;
            }
        }

        return 1 - passing.Sum();
    }

    /// <summary>The least number of protected items among the first 1 .. k at which each prefix, tested by itself,
    /// passes: the smallest t with F(t; i, p) &gt; alpha.</summary>
    /// <remarks>It never falls from one prefix to the next, and rises by at most one.</remarks>
    /// <param name="k">Length of the list.</param>
    /// <param name="proportion">Minimum proportion p of protected items, in (0, 1).</param>
    /// <param name="significance">alpha of each test.</param>
    /// <returns>One minimum for each prefix, the shortest first.</returns>
    public static int[] MinimumAt(int k, double proportion, double significance)
    {
        var minima = new int[k];
        var minimum = 0;
        for (var length = 1; length <= k; length++)
        {
            if (Distribution(minimum, length, proportion) <= significance)
            {
                minimum++;
            }

            minima[length - 1] = minimum;
        }

        return minima;
    }

    // F(t; n, p) = sum over i <= t of C(n, i) p^i (1 - p)^(n - i), in logarithms because the first terms may be tiny.
    private static double Distribution(int successes, int trials, double probability)
    {
        var odds = Math.Log(probability) - Math.Log(1 - probability);
        var logTerm = trials * Math.Log(1 - probability);
        var sum = 0.0;
        for (var i = 0; i <= Math.Min(successes, trials); i++)
        {
            sum += Math.Exp(logTerm);
            logTerm += odds + Math.Log((double)(trials - i) / (i + 1));
        }

        return sum;
    }
}
