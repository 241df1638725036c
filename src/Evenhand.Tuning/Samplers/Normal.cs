namespace Evenhand.Tuning.Samplers;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>ln sqrt(2 pi).</summary>
    public const double LogRootTwoPi = 0.91893853320467274178;

    /// <summary>Probability of a value below <paramref name="x"/>.</summary>
    /// <remarks>Rational approximation of Hart et al. 1968 (algorithm 5666), a continued fraction beyond 7.07; about
    /// 1e-15 absolute.</remarks>
    public static double Cumulative(double x)
    {
        var tail = UpperTail(Math.Abs(x));
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>Probability of a value between <paramref name="low"/> and <paramref name="high"/>, exact in the tails
    /// too.</summary>
    public static double Interval(double low, double high) => low > 0
        ? UpperTail(low) - UpperTail(high)
        : high < 0
            ? UpperTail(-high) - UpperTail(-low)
            : Cumulative(high) - Cumulative(low);

    /// <summary>A draw by the method of Box and Muller 1958.</summary>
    public static double Draw(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double UpperTail(double x)
    {
        if (x > 37)
        {
            return 0;
        }

        var density = Math.Exp(-0.5 * x * x);
        if (x >= 7.07106781186547)
        {
            var fraction = x + (1 / (x + (2 / (x + (3 / (x + (4 / (x + 0.65))))))));
            return density / fraction / Math.Sqrt(2 * Math.PI);
        }

        var numerator = (((((((((((0.0352624965998911 * x) + 0.700383064443688) * x) + 6.37396220353165) * x)
            + 33.912866078383) * x) + 112.079291497871) * x) + 221.213596169931) * x) + 220.206867912376;
        var denominator = (((((((((((((0.0883883476483184 * x) + 1.75566716318264) * x) + 16.064177579207) * x)
            + 86.7807322029461) * x) + 296.564248779674) * x) + 637.333633378831) * x) + 793.826512519948) * x)
            + 440.413735824752;
        return density * numerator / denominator;
    }
}
