using Evenhand.Configuration.Randomness;
using Evenhand.Data.Simulation;
using Evenhand.TestKit;

namespace Evenhand.Data.Tests.Simulation;

/// <summary>Simulated data can be learned from, and what is learned errs more where the knobs say so.</summary>
[TestClass]
public sealed class SimulatedLearningTests
{
    private static readonly SimulatorOptions Ratings = new()
    {
        Users = 600,
        Items = 300,
        Interactions = 24_000,
        Texts = false,
    };
    private static readonly SimulatorOptions Fair = Ratings.WithoutBias();

    [TestMethod]
    public void Ratings_Default_LatentFactorsClearlyBeatBiases()
    {
        var data = MarketplaceSimulator.Generate(Ratings, new SeedTree(0));
        Assert.IsLessThan(0.92 * FactorModel.Rmse(data, 0).All, FactorModel.Rmse(data, 4).All);
    }

    [TestMethod]
    public void Ratings_AllKnobsZero_ErrorGapIsSmall()
    {
        var data = MarketplaceSimulator.Generate(Fair, new SeedTree(0));
        Assert.IsLessThan(0.04, Math.Abs(FactorModel.Rmse(data, 4).Gap));
    }

    [TestMethod]
    public void Ratings_Default_WomenAreServedWorse() =>
        Assert.IsGreaterThan(0.08, FactorModel.Rmse(MarketplaceSimulator.Generate(Ratings, new SeedTree(0)), 4).Gap);

    [TestMethod]
    public void Ratings_LabelNoiseRaised_WidensTheErrorGap() =>
        AssertGapRises(4, [0, 0.4, 0.8], knob => Fair with { LabelNoise = knob });

    [TestMethod]
    public void Ratings_ActivityImbalanceRaised_WidensTheErrorGap() =>
        AssertGapRises(4, [0, 0.5, 0.9], knob => Fair with { ActivityImbalance = knob });

    [TestMethod]
    public void Ratings_TasteDifferenceRaised_BiasesServeTheLessActiveWorse() =>
        AssertGapRises(0, [0, 1], knob => Fair with { ActivityImbalance = 0.7, TasteDifference = knob });

    [TestMethod]
    public void Texts_Default_LinearClassifierIsGoodAndNotPerfect()
    {
        var data = MarketplaceSimulator.Generate(
            new() { Label = SimulatorLabel.Recommended, Interactions = 20_000 }, new SeedTree(0));
        var accuracy = NaiveBayes.Accuracy(data).All;
        Assert.IsTrue(accuracy is > 0.85 and < 0.95, $"{accuracy:0.000}");
    }

    [TestMethod]
    public void Texts_StyleDifferenceRaised_WomenAreReadWorse()
    {
        var gaps = new[] { 0, 0.2, 0.4 }.Select(style =>
        {
            var options = Fair with
            {
                Texts = true,
                Interactions = 20_000,
                Label = SimulatorLabel.Recommended,
                FemaleShare = 0.3,
                StyleDifference = style,
            };
            return NaiveBayes.Accuracy(MarketplaceSimulator.Generate(options, new SeedTree(0))).Gap;
        }).ToArray();
        Assert.IsLessThan(0.025, Math.Abs(gaps[0]));
        Assert.IsTrue(gaps[2] > gaps[1] + 0.02 && gaps[1] > gaps[0] + 0.02, string.Join(' ', gaps));
    }

    private static void AssertGapRises(int rank, double[] settings, Func<double, SimulatorOptions> options) =>
        OverSeeds.AssertPositive(seeds =>
        {
            var gaps = Array.ConvertAll(
                settings, knob => FactorModel.Rmse(MarketplaceSimulator.Generate(options(knob), seeds), rank).Gap);
            return [.. gaps.Zip(gaps.Skip(1), (gap, next) => next - gap)];
        });
}
