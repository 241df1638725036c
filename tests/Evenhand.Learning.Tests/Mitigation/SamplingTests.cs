using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Mitigations.Pre;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class SamplingTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(1) };

    [TestMethod]
    public void BalancedSampling_Oversample_MakesGroupsAsLargeAsTheLargest()
    {
        var sample = Sample(BalancedSamplingMethod.Oversample, 1);

        CollectionAssert.AreEqual(new[] { 70, 70, 70 }, sample);
    }

    [TestMethod]
    public void BalancedSampling_Undersample_MakesGroupsAsSmallAsTheSmallest()
    {
        var sample = Sample(BalancedSamplingMethod.Undersample, 1);

        CollectionAssert.AreEqual(new[] { 10, 10, 10 }, sample);
    }

    [TestMethod]
    public void BalancedSampling_HalfStrength_TakesTheGeometricMean()
    {
        // 10 (70/10)^.5 = 26.46, 20 (70/20)^.5 = 37.42.
        var sample = Sample(BalancedSamplingMethod.Oversample, 0.5);

        CollectionAssert.AreEqual(new[] { 26, 37, 70 }, sample);
    }

    [TestMethod]
    public void BalancedSampling_StrengthZero_ChangesNothing()
    {
        var data = Grouped();
        var sample = new BalancedSampling(new BalancedSamplingOptions { Group = "gender", Strength = 0 })
            .Apply(data, Context);

        CollectionAssert.AreEqual(data.UserColumn!.Codes.ToArray(), sample.UserColumn!.Codes.ToArray());
    }

    [TestMethod]
    public void InversePropensity_Power_WeighsByCounts()
    {
        // Counts 4, 4, 4, 4, 1: with power 1/2 factors 1/2 and 1, their sum 3, so that the mean weight is 1.
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 5),
            LearningSamples.Names("i", 2),
            [0, 1, 2, 3, 4],
            [0, 0, 0, 0, 1],
            [1, 2, 3, 4, 5]);

        var weights = new InversePropensity(new InversePropensityOptions()).Apply(data, Context).Weight!.Values;

        Assert.AreEqual(0.5 * 5 / 3, weights[0], 1e-12);
        Assert.AreEqual(5.0 / 3, weights[4], 1e-12);
    }

    [TestMethod]
    public void InversePropensity_LargestWeight_CutsRareItems()
    {
        var data = LearningSamples.Ratings(20, 30, 400, new SeedTree(3));

        var weights = new InversePropensity(new InversePropensityOptions { Power = 1, LargestWeight = 2 })
            .Apply(data, Context).Weight!.Values.ToArray();

        Assert.AreEqual(1, weights.Average(), 1e-9);
        Assert.IsLessThan(2.5, weights.Max());
        Assert.IsGreaterThan(1.5, weights.Max());
    }

    private static int[] Sample(BalancedSamplingMethod method, double strength)
    {
        var options = new BalancedSamplingOptions { Group = "gender", Method = method, Strength = strength };
        var sample = new BalancedSampling(options).Apply(Grouped(), Context);
        var codes = sample.GroupCodes(sample.FindGroup("gender")!);
        return [.. Enumerable.Range(0, 3).Select(group => codes.Count(code => code == group))];
    }

    // Three users with 10, 20 and 70 ratings.
    private static Dataset Grouped()
    {
        int[] users = [.. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(2, 70)];
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 3),
            LearningSamples.Names("i", 100),
            users,
            [.. Enumerable.Range(0, 100)],
            [.. users.Select(_ => 3.0)]);
        var column = CategoricalColumn.FromValues("gender", ["x", "y", "z"]);
        return data.WithGroups([new GroupAttribute("gender", GroupSide.User, column)]);
    }
}
