using Evenhand.Configuration.Randomness;

namespace Evenhand.Learning.Recommendation.FactorizationMachine;

/// <summary>Draws from gamma distributions.</summary>
internal static class GammaDistribution
{
    /// <summary>A draw, with mean shape / rate.</summary>
    /// <remarks>G. Marsaglia, W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3),
    /// 2000.</remarks>
    /// <param name="random">Source of the draws.</param>
    /// <param name="shape">At least 1.</param>
    /// <param name="rate">Positive.</param>
    public static double Draw(SeededRandom random, double shape, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shape, 1);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NextGaussian();
            var root = 1 + (c * x);
            if (root <= 0)
            {
                continue;
            }

            var v = root * root * root;
            if (Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v / rate;
            }
        }
    }
}
