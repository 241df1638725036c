using Evenhand.Configuration.Randomness;

namespace Evenhand.Metrics.Resampling;

/// <summary>Binomial random numbers, exact in distribution up to the rounding of doubles.</summary>
internal static class Binomial
{
    // From here on, rejection costs less than walking along the probabilities.
    private const double RejectionFrom = 10;

    // For k = 0 .. 9, where the series of StirlingTail is too coarse.
    private static readonly double[] StirlingTails = [.. Enumerable.Range(0, 10).Select(ExactStirlingTail)];

    /// <summary>Number of successes among <paramref name="trials"/> with the given probability of each.</summary>
    public static long Next(SeededRandom random, long trials, double probability)
    {
        if (trials == 0 || probability <= 0)
        {
            return 0;
        }

        if (probability >= 1)
        {
            return trials;
        }

        if (probability > 0.5)
        {
            return trials - Next(random, trials, 1 - probability);
        }

        return trials * probability < RejectionFrom
            ? ByInversion(random, trials, probability)
            : ByRejection(random, trials, probability);
    }

    // Walks up the distribution function. P(0) = q^n does not underflow, since n p < 10 and p <= 1/2.
    private static long ByInversion(SeededRandom random, long trials, double probability)
    {
        var odds = probability / (1 - probability);
        while (true)
        {
            var rest = random.NextDouble();
            var mass = Math.Exp(trials * double.LogP1(-probability));
            for (long k = 0; k <= trials; k++)
            {
                if (rest < mass)
                {
                    return k;
                }

                rest -= mass;
                mass *= odds * (trials - k) / (k + 1);
            }
        }
    }

    // Transformed rejection with squeeze, algorithm BTRS of Hoermann 1993, "The generation of binomial random
    // variates".
    private static long ByRejection(SeededRandom random, long trials, double probability)
    {
        var deviation = Math.Sqrt(trials * probability * (1 - probability));
        var b = 1.15 + (2.53 * deviation);
        var a = -0.0873 + (0.0248 * b) + (0.01 * probability);
        var centre = (trials * probability) + 0.5;
        var squeeze = 0.92 - (4.2 / b);
        var alpha = (2.83 + (5.1 / b)) * deviation;
        var odds = probability / (1 - probability);
        var mode = Math.Floor((trials + 1) * probability);
        while (true)
        {
            var u = random.NextDouble() - 0.5;
            var v = random.NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + centre);
            if (!(k >= 0 && k <= trials))
            {
                continue;
            }

            if (us >= 0.07 && v <= squeeze)
            {
                return (long)k;
            }

            var logRatio = ((mode + 0.5) * Math.Log((mode + 1) / (odds * (trials - mode + 1))))
                + ((trials + 1) * Math.Log((trials - mode + 1) / (trials - k + 1)))
                + ((k + 0.5) * Math.Log(odds * (trials - k + 1) / (k + 1)))
                + StirlingTail(mode) + StirlingTail(trials - mode) - StirlingTail(k) - StirlingTail(trials - k);
            if (Math.Log(v * alpha / ((a / (us * us)) + b)) <= logRatio)
            {
                return (long)k;
            }
        }
    }

    // ln k! - [ln sqrt(2 pi) + (k + 1/2) ln(k + 1) - (k + 1)]
    private static double StirlingTail(double k)
    {
        if (k < StirlingTails.Length)
        {
            return StirlingTails[(int)k];
        }

        var next = k + 1;
        return ((1.0 / 12) - (((1.0 / 360) - (1.0 / 1260 / (next * next))) / (next * next))) / next;
    }

    private static double ExactStirlingTail(int k)
    {
        var logFactorial = 0.0;
        for (var i = 2; i <= k; i++)
        {
            logFactorial += Math.Log(i);
        }

        return logFactorial - ((0.5 * Math.Log(2 * Math.PI)) + ((k + 0.5) * Math.Log(k + 1)) - (k + 1));
    }
}
