using Evenhand.Metrics.Bounds;

namespace Evenhand.Metrics.Comparison;

/// <summary>Whether two models differ on the same users: two-sided tests of paired values.</summary>
/// <remarks>Which test fits is argued in Smucker, Allan, Carterette 2007, A comparison of statistical significance
/// tests for information retrieval evaluation.</remarks>
public static class PairedTests
{
    /// <summary>Student's paired t test: is the mean of the differences 0?</summary>
    /// <remarks>t = mean / (s / sqrt(n)) with n - 1 degrees of freedom (Student 1908). Equals scipy.stats.ttest_rel,
    /// except that differences which are all 0 give p = 1.</remarks>
    /// <param name="first">Value of each user under one model.</param>
    /// <param name="second">Value of the same users under the other.</param>
    /// <returns>t and p; NaN where there are fewer than two pairs.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static PairedTestResult StudentT(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var differences = Differences(first, second);
        var mean = MeanOf(differences);
        var squares = 0.0;
        foreach (var difference in differences)
        {
            squares += (difference - mean) * (difference - mean);
        }

        if (differences.Length < 2)
        {
            return new PairedTestResult(double.NaN, double.NaN);
        }

        if (mean == 0)
        {
            return new PairedTestResult(0, 1);
        }

        var degrees = differences.Length - 1;
        var t = mean / Math.Sqrt(squares / degrees / differences.Length);
        return new PairedTestResult(t, Distributions.StudentBothTails(t, degrees));
    }

    /// <summary>Wilcoxon's signed-rank test: are the differences symmetric about 0?</summary>
    /// <remarks>Differences of 0 are left out, equal ones share the mean of their ranks. p by the normal approximation
    /// with correction for ties and none for continuity (Wilcoxon 1945; Hollander and Wolfe 1999, section 3.1), which
    /// needs some ten differences that are not 0. Equals scipy.stats.wilcoxon(mode="approx").</remarks>
    /// <param name="first">Value of each user under one model.</param>
    /// <param name="second">Value of the same users under the other.</param>
    /// <returns>The smaller sum of ranks, and p; p is 1 where all differences are 0, NaN where there is no
    /// pair.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static PairedTestResult WilcoxonSignedRank(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var all = Differences(first, second);
        var differences = Array.FindAll(all, difference => difference != 0);
        if (differences.Length == 0)
        {
            return new PairedTestResult(0, all.Length == 0 ? double.NaN : 1);
        }

        var sizes = Array.ConvertAll(differences, Math.Abs);
        Array.Sort(sizes, differences);
        var (positive, negative, ties) = (0.0, 0.0, 0.0);
        for (var start = 0; start < sizes.Length;)
        {
            var end = start + 1;
            while (end < sizes.Length && sizes[end] == sizes[start])
            {
                end++;
            }

            // Ranks start + 1 .. end, shared.
            var rank = (start + 1 + end) / 2.0;
            double tied = end - start;
            ties += (tied * tied * tied) - tied;
            for (; start < end; start++)
            {
                positive += differences[start] > 0 ? rank : 0;
                negative += differences[start] < 0 ? rank : 0;
            }
        }

        double n = sizes.Length;
        var deviation = Math.Sqrt(((n * (n + 1) * ((2 * n) + 1)) - (ties / 2)) / 24);
        var smaller = Math.Min(positive, negative);
        var z = (smaller - (n * (n + 1) / 4)) / deviation;
        return new PairedTestResult(smaller, Distributions.NormalBothTails(z));
    }

    private static double MeanOf(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double[] Differences(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"Paired values: {first.Length} of one model and {second.Length} of the other.");
        }

        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return differences;
    }
}

/// <summary>What a paired test found.</summary>
/// <param name="Statistic">The test's statistic.</param>
/// <param name="PValue">Probability of a statistic at least as far from what is expected without a difference; in [0,
/// 1]; NaN where it is undefined.</param>
public readonly record struct PairedTestResult(double Statistic, double PValue);
