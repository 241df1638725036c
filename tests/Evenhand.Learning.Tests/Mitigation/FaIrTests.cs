using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Mitigations.Post.FaIr;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.Metrics.Statistics;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;
using FsCheck.Fluent;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class FaIrTests
{
    // Zehlike et al. 2017, minima for p = .5 at alpha .1, before adjustment; scipy 1.10.1 (binom.ppf) gives the same.
    // Enumerating the 1,024 sequences of ten draws, a fair draw fails them with a probability of .12890625: at that
    // significance the adjusted table is the published one.
    private static readonly int[] PublishedMinima = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3];
    private const double SignificanceOfAll = 0.12890625;

    [TestMethod]
    public void MinimumProtected_SignificanceOfThePublishedTable_GivesThatTable() => CollectionAssert.AreEqual(
        PublishedMinima, FairTopK.MinimumProtected(10, 0.5, SignificanceOfAll + 1e-9));

    [TestMethod]
    public void Rerank_ProtectedLast_ForcesThemAtTheRisesOfTheTable() => CollectionAssert.AreEqual(
        new[] { 0, 1, 2, 10, 3, 4, 11, 5, 12, 6 },
        ListMaking.List(Protecting(10, 20), ListMaking.Descending(20), 10));

    [TestMethod]
    public void Rerank_ProtectedFirst_LetsThemCompeteBeyondTheMinimum() => CollectionAssert.AreEqual(
        Enumerable.Range(0, 10).ToArray(), ListMaking.List(Protecting(0, 8), ListMaking.Descending(20), 10));

    [TestMethod]
    public void Rerank_ProtectedRunOut_OthersTakeTheirPlaces() => CollectionAssert.AreEqual(
        new[] { 0, 1, 2, 11, 3, 4, 5, 6, 7, 8 },
        ListMaking.List(Protecting(11, 12), ListMaking.Descending(12), 10));

    [TestMethod]
    public void Rerank_AnyCandidates_PassTheTestAndKeepTheOrderWithinGroups() => Properties.Check(
        Gen.Choose(0, 1_000_000),
        seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var flags = Enumerable.Range(0, 40).Select(_ => random.Next(3) == 0).ToArray();
            var (share, alpha) = (random.NextDouble(), 0.01 + (0.5 * random.NextDouble()));
            var reranker = new FaIrReranker(new FaIrOptions { Alpha = alpha }, share, flags);
            var list = ListMaking.List(reranker, ListMaking.Descending(40), 12);
            var minima = FairTopK.MinimumProtected(12, share, alpha);
            var left = flags.Count(flag => flag);
            var count = 0;
            for (var place = 0; place < list.Length; place++)
            {
                count += flags[list[place]] ? 1 : 0;
                Assert.IsGreaterThanOrEqualTo(Math.Min(minima[place], left), count);
            }

            foreach (var kind in (bool[])[true, false])
            {
                var own = list.Where(item => flags[item] == kind).ToArray();
                CollectionAssert.AreEqual(own.Order().ToArray(), own);
            }
        });

    [TestMethod]
    public void Fit_NoProtectedGroup_ProtectsTheOneFurthestBehindItsCatalogueShare()
    {
        // Two items of each group; rows: 3 of a, 1 of b, 2 of c.
        var (users, items) = (LearningSamples.Names("u", 2), LearningSamples.Names("i", 6));
        var data = LearningSamples.Ratings(users, items, [0, 1, 0, 0, 1, 0], [0, 0, 1, 2, 4, 5], new double[6])
            .WithGroups([new GroupAttribute(
                "kind", GroupSide.Item, CategoricalColumn.FromValues("kind", ["a", "a", "b", "b", "c", "c"]))]);
        CollectionAssert.AreEqual(Lists(data, "b"), Lists(data, ""));
        CollectionAssert.AreNotEqual(Lists(data, "c"), Lists(data, ""));
    }

    [TestMethod]
    public void Fit_ProtectedGroupMisspelt_NamesTheNearest()
    {
        var data = LearningSamples.WithGroups(LearningSamples.Ratings(5, 9, 40, new SeedTree(1)));
        var options = new FaIrOptions { ItemGroup = "genre", Protected = "horor" };
        Assert.Contains("Did you mean 'horror'?", Assert.ThrowsExactly<InputException>(() => new FaIr(options).Fit(
            new PopularityLearner(new PopularityOptions()), data, new FitContext { Seeds = new SeedTree(0) })).Message);
    }

    private static int[] Lists(Dataset data, string group)
    {
        var options = new FaIrOptions
        {
            ItemGroup = "kind",
            Protected = group,
            Alpha = 0.9,
            Target = TargetShare.Equal,
        };
        var model = (RecommenderModel)new FaIr(options).Fit(
            new PopularityLearner(new PopularityOptions()), data, new FitContext { Seeds = new SeedTree(0) });
        return TopN.Recommend(model, [0], 3, seen: null)[0];
    }

    private static FaIrReranker Protecting(int from, int to) => new(
        new FaIrOptions { Alpha = SignificanceOfAll + 1e-9 },
        0.5,
        [.. Enumerable.Range(0, 20).Select(item => item >= from && item < to)]);
}
