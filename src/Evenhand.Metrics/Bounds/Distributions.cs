namespace Evenhand.Metrics.Bounds;

/// <summary>Tail probabilities of the normal and of Student's t distribution.</summary>
internal static class Distributions
{
    private const double Precision = 1e-15;
    private const int MostTerms = 10_000;

    // Lanczos 1964, with g = 7 and the nine coefficients of P. Godfrey; about 15 digits.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>P(|Z| &gt; |z|) of a standard normal Z.</summary>
    public static double NormalBothTails(double z) => double.IsNaN(z) ? double.NaN : UpperGammaOfHalf(z * z / 2);

    /// <summary>P(|T| &gt; |t|) of Student's t with that many degrees of freedom: I(nu / (nu + t^2); nu / 2,
    /// 1 / 2).</summary>
    public static double StudentBothTails(double t, double degreesOfFreedom) => double.IsNaN(t)
        ? double.NaN
        : RegularizedBeta(degreesOfFreedom / (degreesOfFreedom + (t * t)), degreesOfFreedom / 2, 0.5);

    /// <summary>I(x; a, b), the regularized incomplete beta function (Abramowitz and Stegun 26.5.8).</summary>
    public static double RegularizedBeta(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
        {
            return Math.Clamp(x, 0, 1);
        }

        var front = Math.Exp(
            LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));

        // The fraction converges fast below the mean, and I(x; a, b) = 1 - I(1 - x; b, a).
        return x < (a + 1) / (a + b + 2)
            ? front * BetaFraction(x, a, b) / a
            : 1 - (front * BetaFraction(1 - x, b, a) / b);
    }

    // Lentz's method: the value of the continued fraction from its front.
    private static double BetaFraction(double x, double a, double b)
    {
        var (c, d) = (1.0, Invert(1 - ((a + b) * x / (a + 1))));
        var value = d;
        for (var m = 1; m < MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = Invert(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = Invert(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
            {
                break;
            }
        }

        return value;
    }

    // Q(1/2, x): by its series where x is small, by the continued fraction of Legendre elsewhere.
    private static double UpperGammaOfHalf(double x)
    {
        const double a = 0.5;
        var front = Math.Exp(-x + (a * Math.Log(x)) - LogGamma(a));
        if (x == 0)
        {
            return 1;
        }

        if (x < a + 1)
        {
            var (term, sum) = (1 / a, 1 / a);
            for (var n = 1; n < MostTerms && term > sum * Precision; n++)
            {
                term *= x / (a + n);
                sum += term;
            }

            return 1 - (front * sum);
        }

        var b = x + 1 - a;
        var (c, d) = (1e300, 1 / b);
        var value = d;
        for (var n = 1; n < MostTerms; n++)
        {
            var numerator = -n * (n - a);
            b += 2;
            d = Invert((numerator * d) + b);
            c = NotZero(b + (numerator / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
            {
                break;
            }
        }

        return front * value;
    }

    private static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x - 1 + i);
        }

        var t = x + 6.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    private static double Invert(double value) => 1 / NotZero(value);

    private static double NotZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;
}
