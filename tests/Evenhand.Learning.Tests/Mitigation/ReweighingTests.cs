using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Mitigations;
using Evenhand.Learning.Mitigations.Pre;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class ReweighingTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(1) };

    [TestMethod]
    public void Apply_GroupAndItemGroup_WeighsByTheRatioOfShares()
    {
        // Cells (f, drama) 1, (f, action) 1, (m, drama) 1, (m, action) 3 of 6 rows: P(f) = 1/3, P(drama) = 1/3.
        var data = Grouped();
        var weighted = new Reweighing(new ReweighingOptions { Group = "gender", ItemGroup = "genre" })
            .Apply(data, Context);

        double[] expected =
        [
            2.0 / 3, // (f, drama): 1/3 * 1/3 / (1/6)
            4.0 / 3, // (f, action): 1/3 * 2/3 / (1/6)
            4.0 / 3, // (m, drama): 2/3 * 1/3 / (1/6)
            8.0 / 9, // (m, action): 2/3 * 2/3 / (3/6)
            8.0 / 9,
            8.0 / 9,
        ];
        AssertClose(expected, weighted.Weight!.Values.ToArray());
    }

    [TestMethod]
    public void Apply_NoItemGroup_WeighsByTheLabel()
    {
        // Ratings of f: 5, 3; of m: 3, 3, 5, 5. Already independent: every row weighs 1.
        var weighted = new Reweighing(new ReweighingOptions { Group = "gender" }).Apply(Grouped(), Context);

        AssertClose([1, 1, 1, 1, 1, 1], weighted.Weight!.Values.ToArray());
    }

    // f: a, a, b; m: a, b, b. P(f) = P(a) = 1/2, P(f, a) = 1/3: 3/4; P(f, b) = 1/6: 3/2.
    [TestMethod]
    public void Apply_LabelOfClassesOrSets_WeighsByTheLabel()
    {
        double[] expected = [0.75, 0.75, 1.5, 1.5, 0.75, 0.75];
        var classes = CategoricalColumn.FromValues("label", ["a", "a", "b", "a", "b", "b"], ColumnRoles.Label);
        var sets = CategorySetColumn.FromValues(
            "label", [["x", "y"], ["y", "x"], [], ["x", "y"], [], []], ColumnRoles.Label);
        foreach (var label in new Column[] { classes, sets })
        {
            var gender = CategoricalColumn.FromValues("gender", ["f", "f", "f", "m", "m", "m"]);
            var data = new Dataset(
                "texts", new Table([label]), groups: [new GroupAttribute("gender", GroupSide.Row, gender)]);
            var weighted = new Reweighing(new ReweighingOptions { Group = "gender" }).Apply(data, Context);
            AssertClose(expected, weighted.Weight!.Values.ToArray());
            var balanced = new BalancedSampling(new BalancedSamplingOptions { Group = "gender" }).Apply(data, Context);
            Assert.AreEqual(data.RowCount, balanced.RowCount);
        }
    }

    [TestMethod]
    public void Apply_StrengthZero_LeavesEqualWeights()
    {
        var options = new ReweighingOptions { Group = "gender", ItemGroup = "genre", Strength = 0 };
        var weighted = new Reweighing(options).Apply(Grouped(), Context);

        AssertClose([1, 1, 1, 1, 1, 1], weighted.Weight!.Values.ToArray());
    }

    [TestMethod]
    public void Apply_UnknownGroup_NamesTheNearest()
    {
        var mitigation = new Reweighing(new ReweighingOptions { Group = "gendre" });

        var message = Assert.ThrowsExactly<InputException>(() => mitigation.Apply(Grouped(), Context)).Message;

        Assert.Contains("'reweighing' needs the group 'gendre'", message);
        Assert.Contains("Did you mean 'gender'?", message);
    }

    [TestMethod]
    public void Fit_MitigatedLearner_SeesTheWeights()
    {
        var learner = new MitigatedLearner(
            new PopularityLearner(new PopularityOptions()),
            new Reweighing(new ReweighingOptions { Group = "gender", ItemGroup = "genre" }),
            null,
            null);

        var model = (PopularityModel)learner.Fit(Grouped(), Context);

        AssertClose([2, 4], model.Counts.ToArray());
    }

    [TestMethod]
    public void Fit_LearnerThatDoesNotKnowTheMitigation_Refuses()
    {
        var learner = new MitigatedLearner(
            new PopularityLearner(new PopularityOptions()), null, new Unknown(), null);

        var message = Assert.ThrowsExactly<InputException>(() => learner.Fit(Grouped(), Context)).Message;

        Assert.Contains("'unknown'", message);
    }

    private static Dataset Grouped()
    {
        var ratings = LearningSamples.Ratings(
            new Vocabulary(["f", "m"]),
            new Vocabulary(["tears", "fists"]),
            [0, 0, 1, 1, 1, 1],
            [0, 1, 0, 1, 1, 1],
            [5, 3, 3, 3, 5, 5]);
        return ratings.WithGroups(
        [
            new GroupAttribute("gender", GroupSide.User, CategoricalColumn.FromValues("gender", ["women", "men"])),
            new GroupAttribute("genre", GroupSide.Item, CategoricalColumn.FromValues("genre", ["drama", "action"])),
        ]);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-12, $"at {i}");
        }
    }

    private sealed class Unknown : InMitigation
    {
        public override string Name => "unknown";
    }
}
