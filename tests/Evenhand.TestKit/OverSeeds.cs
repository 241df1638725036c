using System.Globalization;
using Evenhand.Configuration.Randomness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit;

/// <summary>Claims about what chance decides, such as the figures of trained models.</summary>
/// <remarks>What one seed shows may be luck: another processor rounds otherwise, and from the same seed a fit ends
/// elsewhere. Over several seeds the margin follows from their spread.</remarks>
public static class OverSeeds
{
    // Student's t, 5 degrees of freedom: a mean that is not above 0 passes in 2.5 % of all draws of the seeds.
    private const int Seeds = 6;
    private const double Quantile = 2.571;

    /// <summary>Asserts that each of some figures is above 0 in its mean over seeds, beyond what their spread could
    /// explain.</summary>
    /// <param name="figures">By how much each part of a claim holds, from one seed; negative where it does not.</param>
    public static void AssertPositive(Func<SeedTree, double[]> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var all = Enumerable.Range(1, Seeds).Select(seed => figures(new SeedTree(seed))).ToArray();
        for (var part = 0; part < all[0].Length; part++)
        {
            var values = Array.ConvertAll(all, ofSeed => ofSeed[part]);
            var mean = values.Average();
            var error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (Seeds - 1) / Seeds);
            var shown = string.Join(", ", values.Select(v => v.ToString("g4", CultureInfo.InvariantCulture)));
            Assert.IsGreaterThan(Quantile * error, mean, $"part {part + 1}: {shown}");
        }
    }

    /// <summary>Asserts that a figure is above 0 in its mean over seeds, beyond what its spread could
    /// explain.</summary>
    /// <param name="figure">By how much a claim holds, from one seed; negative where it does not.</param>
    public static void AssertPositive(Func<SeedTree, double> figure) =>
        AssertPositive(seeds => (double[])[figure(seeds)]);
}
