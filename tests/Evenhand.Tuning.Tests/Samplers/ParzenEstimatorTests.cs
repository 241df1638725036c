using Evenhand.Configuration.Randomness;
using Evenhand.Tuning.Samplers;
using Evenhand.Tuning.Space;

namespace Evenhand.Tuning.Tests.Samplers;

[TestClass]
public sealed class ParzenEstimatorTests
{
    [TestMethod]
    [DataRow(0.0, 0.5)]
    [DataRow(1.0, 0.8413447460685429)]
    [DataRow(-1.0, 0.15865525393145707)]
    [DataRow(1.959963984540054, 0.975)]
    [DataRow(-5.0, 2.866515718791946e-07)]
    [DataRow(-8.0, 6.220960574271819e-16)]
    [DataRow(-20.0, 2.7536241186063314e-89)]
    public void Cumulative_KnownPoints_AgreesWithTables(double x, double expected) =>
        // Expected: 0.5 * math.erfc(-x / math.sqrt(2)), Python 3.11.7.
        Assert.AreEqual(expected, Normal.Cumulative(x), 1e-15 + (1e-13 * expected));

    [TestMethod]
    public void LogDensity_ContinuousParameters_IntegratesToOne()
    {
        var space = new SearchSpace([new("x", new FloatDomain(0, 1)), new("y", new FloatDomain(0, 1))]);
        double[][] points = [[0.02, 0.9], [0.5, 0.5], [0.97, 0.1]];
        var estimator = new ParzenEstimator(space, points, [0.5, 1.5, 1], priorWeight: 1);
        const int Steps = 200;
        var sum = 0d;
        for (var i = 0; i < Steps; i++)
        {
            for (var j = 0; j < Steps; j++)
            {
                sum += Density(estimator, space, space.FromUnit([(i + 0.5) / Steps, (j + 0.5) / Steps]));
            }
        }

        Assert.AreEqual(1, sum / (Steps * Steps), 1e-4);
    }

    [TestMethod]
    public void LogDensity_CountableConditionalSpace_SumsToOne()
    {
        var space = new SearchSpace(
        [
            new("learner", new CategoricalDomain(["a", "b"])),
            new("rank", new IntDomain(1, 40) { Log = true }) { When = new("learner", ["a"]) },
            new("step", new IntDomain(0, 4)),
        ]);
        double[][] points = [[0.25, 0.3, 0.1], [0.75, double.NaN, 0.5], [0.25, 0.99, 0.9], [0.25, 0.3, 0.9]];
        var estimator = new ParzenEstimator(space, points, [1, 0.4, 1.6, 1], priorWeight: 1);
        var sets = Enumerable.Range(1, 40)
            .Select(rank => new Dictionary<string, ParameterValue> { ["learner"] = "a", ["rank"] = (long)rank })
            .Append(new Dictionary<string, ParameterValue> { ["learner"] = "b" })
            .SelectMany(set => Enumerable.Range(0, 5).Select(step =>
                space.CreateSet(set.Append(KeyValuePair.Create<string, ParameterValue>("step", (long)step)))));

        // Narrow cells count by the density in their middle.
        Assert.AreEqual(1, sets.Sum(set => Density(estimator, space, set)), 2e-3);
    }

    [TestMethod]
    public void Draw_ManyTimes_FollowsTheDensity()
    {
        var space = new SearchSpace(
        [
            new("learner", new CategoricalDomain(["a", "b", "c"])),
            new("rank", new IntDomain(0, 5)) { When = new("learner", ["a"]) },
        ]);
        double[][] points = [[1 / 6d, 0.1], [1 / 6d, 0.1], [5 / 6d, double.NaN]];
        var estimator = new ParzenEstimator(space, points, [0.5, 1, 1.5], priorWeight: 1);
        var random = new SeededRandom(5);
        const int Draws = 40_000;
        var counts = new Dictionary<ParameterSet, int>();
        for (var draw = 0; draw < Draws; draw++)
        {
            var builder = new ParameterSetBuilder(space);
            estimator.Draw(builder, random);
            var set = builder.ToSet();
            counts[set] = counts.GetValueOrDefault(set) + 1;
        }

        Assert.HasCount(8, counts);
        foreach (var (set, count) in counts)
        {
            // Four standard deviations of the count.
            var expected = Draws * Density(estimator, space, set);
            Assert.AreEqual(expected, count, 4 * Math.Sqrt(expected), set.ToString());
        }
    }

    private static double Density(ParzenEstimator estimator, SearchSpace space, ParameterSet set)
    {
        var builder = new ParameterSetBuilder(space);
        foreach (var (name, value) in set)
        {
            builder.Set(space.IndexOf(name), value);
        }

        return Math.Exp(estimator.LogDensity(builder));
    }
}
