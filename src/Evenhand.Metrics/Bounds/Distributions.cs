using MathNet.Numerics;

namespace Evenhand.Metrics.Bounds;

/// <summary>Tail probabilities of the normal and of Student's t distribution.</summary>
internal static class Distributions
{
    /// <summary>P(|Z| &gt; |z|) of a standard normal Z.</summary>
    public static double NormalBothTails(double z) =>
        double.IsNaN(z) ? double.NaN : SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(|T| &gt; |t|) of Student's t with that many degrees of freedom: I(nu / (nu + t^2); nu / 2, 1 / 2), I being
    /// the regularized incomplete beta function.</summary>
    public static double StudentBothTails(double t, double degreesOfFreedom) => double.IsNaN(t)
        ? double.NaN
        : SpecialFunctions.BetaRegularized(
            degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t)));
}
