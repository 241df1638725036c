using Evenhand.Metrics.Catalogue;
using Evenhand.Metrics.Evaluations;
using Evenhand.Metrics.Reports;
using Evenhand.Metrics.Statistics;
using Evenhand.Metrics.Tests.Golden;

namespace Evenhand.Metrics.Tests;

/// <summary>Metrics of lists over a catalogue and of its items against dense NumPy computations
/// (Golden/golden.py).</summary>
[TestClass]
public sealed class CatalogueTests
{
    private const double Tolerance = 1e-12;

    [TestMethod]
    public void Compute_ListsOverACatalogue_EqualsNumPy()
    {
        var golden = GoldenFigures.Recorded.Catalogue;
        var report = GroupReport.Compute(
            Data(golden), Given.Metrics([.. golden.Figures[0].Keys]), [Given.Groups(golden.UserGroups)], Given.Options);
        foreach (var name in golden.Figures[0].Keys)
        {
            Assert.AreEqual(golden.Figures[0][name], report.Overall[name].Value, Tolerance, name);
            for (var group = 0; group < 2; group++)
            {
                var actual = report.Attributes[0].Groups[group].Values[name].Value;
                Assert.AreEqual(golden.Figures[group + 1][name], actual, Tolerance, $"{name} of group {group}");
            }
        }
    }

    [TestMethod]
    public void Compute_GroupsOfItems_EqualsNumPy()
    {
        var golden = GoldenFigures.Recorded.Catalogue;
        var report = GroupReport.Compute(
            Data(golden), Given.Metrics([.. golden.ItemFigures[0].Keys]), [], Given.Options);
        var groups = report.Attributes.Single().Groups;
        foreach (var name in golden.ItemFigures[0].Keys)
        {
            for (var group = 0; group < groups.Count; group++)
            {
                Assert.AreEqual(
                    golden.ItemFigures[group][name], groups[group].Values[name].Value, Tolerance, $"{name} of {group}");
            }
        }
    }

    [TestMethod]
    public void Fairness_GroupsOfItems_EqualsNumPy()
    {
        var golden = GoldenFigures.Recorded.Catalogue;
        foreach (var (name, expected) in golden.ItemFairness)
        {
            var metric = MetricCatalogue.BuiltIn.GetFairness(name);
            var report = GroupReport.Compute(Data(golden), metric.Requires, [], Given.Options);
            Assert.AreEqual(expected, report.Fairness(metric, "kind").Value, Tolerance, name);
        }
    }

    [TestMethod]
    public void Recorded_Catalogue_CoversEveryMetricOfItAndOfItems()
    {
        var golden = GoldenFigures.Recorded;
        var recorded = golden.Catalogue.Figures[0].Keys.Concat(golden.Catalogue.ItemFigures[0].Keys)
            .Concat(golden.Ranking.Figures.Keys).Select(name => name.Split('@')[0]).ToHashSet();
        foreach (var metric in MetricCatalogue.BuiltIn.For(PredictionKind.Ranking))
        {
            Assert.Contains(metric.Name.Split('@')[0], recorded);
        }
    }

    // Half of 100 users are shown an item each that nobody else is, the others the same one. Of 5 that are left out, h
    // of the first kind take their items with them: hypergeometric, with a variance of 5/4 (95 / 99). Times 95 / 5, of
    // a catalogue of 200: a standard error of sqrt(22.79) / 200 = 0.02387 about 51 of 200, and the score bounds of the
    // number of rows that have it, 333.4, at t = 1.984: 0.2577 +- 0.0471.
    [TestMethod]
    public void Compute_Coverage_HasBoundsByLeavingUsersOut()
    {
        int[][] own = [.. Enumerable.Range(0, 100).Select(user => new[] { Math.Max(0, user - 49) })];
        var data = new RankingEvaluation([.. Enumerable.Range(0, 100)], own, own)
        {
            Catalogue = new ItemCatalogue(new int[200], 0),
        };
        var report = GroupReport.Compute(
            data, Given.Metrics("item-coverage@1"), [], Given.Options with { BootstrapSamples = 4000 });
        var coverage = report.Overall["item-coverage@1"];
        Assert.AreEqual(0.255, coverage.Value);
        Assert.AreEqual(0.2577 - 0.0471, coverage.Low, 0.002);
        Assert.AreEqual(0.2577 + 0.0471, coverage.High, 0.002);
    }

    // One user's list can't be left out.
    [TestMethod]
    public void Compute_CoverageOfOneUser_HasNoBounds()
    {
        var data = new RankingEvaluation([0], [[3]], [[3]]) { Catalogue = new ItemCatalogue(new int[200], 0) };
        var coverage = GroupReport.Compute(data, Given.Metrics("item-coverage@1"), [], Given.Options)
            .Overall["item-coverage@1"];
        Assert.AreEqual(0.005, coverage.Value);
        Assert.IsTrue(double.IsNaN(coverage.Low));
    }

    // Zehlike et al. 2017, table 2: at alpha = 0.1 without adjustment.
    [TestMethod]
    [DataRow(0.1, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [DataRow(0.2, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1 })]
    [DataRow(0.3, new[] { 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2 })]
    [DataRow(0.4, new[] { 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3 })]
    [DataRow(0.5, new[] { 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4 })]
    [DataRow(0.6, new[] { 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5 })]
    [DataRow(0.7, new[] { 0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6 })]
    public void MinimumAt_PublishedTable_IsTheSame(double proportion, int[] expected) =>
        CollectionAssert.AreEqual(expected, FairTopK.MinimumAt(12, proportion, 0.1));

    [TestMethod]
    [DataRow(10, 0.5)]
    [DataRow(40, 0.3)]
    [DataRow(1000, 0.02)]
    public void AdjustedSignificance_OfManyTests_KeepsTheWholeTestToItsLevel(int k, double proportion)
    {
        var adjusted = FairTopK.AdjustedSignificance(k, proportion, 0.1);
        Assert.IsTrue(adjusted is > 0 and < 0.1);
        Assert.IsLessThanOrEqualTo(0.1, FairTopK.FailureProbability(FairTopK.MinimumAt(k, proportion, adjusted), proportion));
        Assert.IsGreaterThan(
            0.1, FairTopK.FailureProbability(FairTopK.MinimumAt(k, proportion, 1.0001 * adjusted), proportion));
    }

    [TestMethod]
    public void Compute_WithoutWhatIsNeeded_SaysWhatIsMissing()
    {
        var bare = new RankingEvaluation([0], [[0, 1]], [[1]]);
        AssertThrows("'gini@10' needs a catalogue of the items", bare, "gini@10");
        var catalogue = new ItemCatalogue([1, 2], 2);
        AssertThrows("needs features", bare with { Catalogue = catalogue }, "intra-list-diversity@10");
        AssertThrows(
            "Rankings[0] holds an item code outside the catalogue of 2 items",
            bare with { Catalogue = catalogue, Rankings = [[0, 2]] },
            "gini@10");
        AssertThrows(
            "'kind' has 1 codes where the catalogue has 2 items",
            bare with { Catalogue = new ItemCatalogue([1, 2], 2) { Groups = [new GroupCodes("kind", [0], ["a"])] } },
            "exposure@10");
    }

    private static void AssertThrows(string message, RankingEvaluation data, string metric) => Assert.Contains(
        message,
        Assert.ThrowsExactly<ArgumentException>(
            () => GroupReport.Compute(data, Given.Metrics(metric), [], Given.Options)).Message);

    private static RankingEvaluation Data(GoldenCatalogue golden) =>
        new([.. Enumerable.Range(0, golden.Rankings.Length)], golden.Rankings, golden.Relevant)
        {
            Seen = golden.Seen,
            Catalogue = new ItemCatalogue(golden.Popularity, golden.TrainingUsers)
            {
                Groups = [Given.Groups(golden.ItemGroups) with { Attribute = "kind" }],
                Features = golden.Features,
            },
        };
}
