using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Mitigations.In.ExposureRegularizer;
using Evenhand.Learning.Mitigations.In.GroupDro;
using Evenhand.Learning.Mitigations.In.GroupNegativeSampling;
using Evenhand.Learning.Recommendation.PairwiseRanking;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class GroupNegativeSamplingTests
{
    [TestMethod]
    [DataRow("bpr")]
    [DataRow("warp")]
    public void Fit_MoreStrength_GivesTheRareGroupMoreExposure(string name)
    {
        OverSeeds.AssertPositive(seeds =>
        {
            var shares = Array.ConvertAll(
                (double[])[0, 0.9, 1],
                strength => PopularityGap.LocalShare(PopularityGap.Fit(Make(name), With(strength), seeds: seeds)));
            return [shares[1] - shares[0], shares[2] - shares[1], shares[2] - (1.5 * shares[0])];
        });
    }

    [TestMethod]
    [DataRow("bpr")]
    [DataRow("warp")]
    public void Fit_StrengthZero_GivesTheSameBits(string name) => CollectionAssert.AreEqual(
        PopularityGap.Scores(PopularityGap.Fit(Make(name), null)),
        PopularityGap.Scores(PopularityGap.Fit(Make(name), With(0))));

    [TestMethod]
    public void For_ChoiceOfKnownGroup_StaysWithinItWithTheGivenShare()
    {
        // Items 0, 1, 2, 3 of group 0, 4 and 5 of group 1, 6 of none; 7 is of another column.
        int[] groups = [0, 0, 0, 0, 1, 1, -1, 1];
        var samplers = new NegativeSamplers([0, 1, 2, 3, 4, 5, 6], null, new WithinGroups(groups, 3, 0.75));
        var random = new SeededRandom(1);
        (int Item, int Group, double Share)[] cases = [(0, 0, 4 / 7.0), (4, 1, 2 / 7.0), (6, -1, 1 / 7.0)];
        foreach (var (item, inGroup, share) in cases)
        {
            var hits = 0;
            for (var draw = 0; draw < 40_000; draw++)
            {
                var drawn = samplers.For(item, random).Draw(random);
                Assert.AreNotEqual(7, drawn);
                hits += groups[drawn] == inGroup ? 1 : 0;
            }

            // Five standard deviations of a share of a half.
            Assert.AreEqual(inGroup < 0 ? share : 0.75 + (0.25 * share), hits / 40_000.0, 0.0125);
        }
    }

    [TestMethod]
    public void For_WeightsWithinAGroup_StayInProportion()
    {
        var samplers = new NegativeSamplers([0, 1, 2], [1, 3, 50], new WithinGroups([0, 0, 1], 2, 1));
        var random = new SeededRandom(1);
        var counts = new int[3];
        for (var draw = 0; draw < 40_000; draw++)
        {
            counts[samplers.For(0, random).Draw(random)]++;
        }

        Assert.AreEqual(0, counts[2]);
        Assert.AreEqual(0.75, counts[1] / 40_000.0, 0.0125);
    }

    [TestMethod]
    [DataRow("bpr")]
    [DataRow("warp")]
    public void Fit_AnyNumberOfThreads_GivesTheSameModel(string name)
    {
        // Enough pairs for several blocks.
        var data = LearningSamples.WithGroups(LearningSamples.Ratings(500, 600, 40_000, new SeedTree(4)));
        var mitigation = new GroupNegativeSampling(new() { ItemGroup = "genre" });
        var context = new FitContext { Seeds = new SeedTree(2), Mitigation = mitigation };
        var learner = Make(name, iterations: 2);
        CollectionAssert.AreEqual(
            ((ScorePredictions)learner.Fit(data, context).Predict(data)).Values,
            ((ScorePredictions)learner.Fit(data, context with { Threads = 3 }).Predict(data)).Values);
    }

    [TestMethod]
    [DataRow("bpr")]
    [DataRow("warp")]
    public void Fit_CancelledAfterAnIteration_Stops(string name)
    {
        Assert.AreEqual(1, PopularityGap.IterationsUntilCancelled(Make(name), With(1)));
    }

    [TestMethod]
    [DataRow("gender", "'group-negative-sampling' needs a group of the item; 'gender' is one of the user")]
    [DataRow("orign", "'group-negative-sampling' needs the group 'orign'")]
    public void Fit_GroupThatItCannotUse_IsRefused(string group, string expected)
    {
        // Also where it would change nothing.
        var mitigation = new GroupNegativeSampling(new() { ItemGroup = group, Strength = 0 });
        var message = Assert.ThrowsExactly<InputException>(() => PopularityGap.Fit(Make("warp"), mitigation)).Message;
        Assert.Contains(expected, message);
    }

    [TestMethod]
    public void Supports_MitigationOfAnotherLearner_IsFalse()
    {
        Assert.IsFalse(Make("bpr").Supports(new ExposureRegularizer(new())));
        Assert.IsFalse(Make("warp").Supports(new GroupDro(new())));
    }

    private static Learner Make(string name, int iterations = 40) => name == "bpr"
        ? new BprLearner(new() { ApproximationRank = 8, NumberOfIterations = iterations })
        : new WarpLearner(new() { ApproximationRank = 8, NumberOfIterations = iterations });

    private static GroupNegativeSampling With(double strength) =>
        new(new() { ItemGroup = PopularityGap.ItemGroup, Strength = strength });
}
