using Evenhand.Configuration.Randomness;
using Evenhand.TestKit.Tuning;
using Evenhand.Tuning.Objectives;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Tests.Samplers;

[TestClass]
public sealed class RandomSamplerTests : SamplerConformance
{
    [TestMethod]
    public void Propose_LogarithmicScale_HalfLieBelowTheGeometricMean()
    {
        var space = new SearchSpace([new("rate", new FloatDomain(1e-4, 1) { Log = true })]);
        var objective = new CompositeObjective(new MeasureGoal("error", Maximize: false));
        var random = new SeededRandom(1);
        var below = Enumerable.Range(0, 10_000).Count(number =>
            Create().Propose(new ProposalContext(space, objective, [], number, random))["rate"].AsDouble < 0.01);

        // Binomial(10000, 1/2) has standard deviation 50.
        Assert.AreEqual(5000, below, 250);
    }

    protected override Sampler Create() => new RandomSampler();
}
