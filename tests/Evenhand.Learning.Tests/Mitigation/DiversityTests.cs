using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Mitigations.Post.Calibrated;
using Evenhand.Learning.Mitigations.Post.MaximalMarginalRelevance;
using Evenhand.Learning.Mitigations.Post.Xquad;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

/// <summary>MMR, xQuAD and calibrated lists, worked by hand.</summary>
[TestClass]
public sealed class DiversityTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(0) };

    // Two users: u0 chose i0 three times (a), i2 once (b); u1 chose i0, i1 (a) and i4 (no group).
    private static readonly Dataset History = LearningSamples.Ratings(
        LearningSamples.Names("u", 2),
        LearningSamples.Names("i", 5),
        [0, 0, 0, 0, 1, 1, 1],
        [0, 0, 0, 2, 0, 1, 4],
        new double[7]).WithGroups([new GroupAttribute(
            "kind", GroupSide.Item, CategoricalColumn.FromValues("kind", ["a", "a", "b", "b", null]))]);

    private static readonly RecommenderModel Model =
        (RecommenderModel)new PopularityLearner(new PopularityOptions()).Fit(History, Context);

    // Relevance 1, .8, .4, 0 and groups a a b b at strength .5: after i0 the gains are (.8 - 1) / 2, .4 / 2, 0; after
    // i2 they are -.1 and -.5.
    [TestMethod]
    public void Mmr_TwoGroups_Alternates() => CollectionAssert.AreEqual(new[] { 0, 2, 1, 3 }, ListMaking.List(
        new MaximalMarginalRelevanceReranker(
            new MaximalMarginalRelevanceOptions { Strength = 0.5 },
            ItemLikeness.OfGroups(ListMaking.Grouping("aabb").Codes)),
        ListMaking.Scored(10, 8, 4, 0),
        4));

    // Users of i0 {0, 1}, of i1 {1}, of i2 {0}, of i4 {1}.
    [TestMethod]
    public void Likeness_OfUsers_IsTheCosineOfTheirSets()
    {
        var likeness = ItemLikeness.OfUsers(Model, History);
        Assert.AreEqual(1 / Math.Sqrt(2), likeness.Between(0, 1), 1e-15);
        Assert.AreEqual(1 / Math.Sqrt(2), likeness.Between(2, 0), 1e-15);
        Assert.AreEqual(0, likeness.Between(1, 2));
        Assert.AreEqual(1, likeness.Between(1, 4));
        Assert.AreEqual(0, likeness.Between(3, 0));
    }

    [TestMethod]
    public void Mmr_LikenessOfUsers_NeedsNoGroup()
    {
        var options = new MaximalMarginalRelevanceOptions { Similarity = ItemSimilarity.Users, Strength = 0.9 };
        var model = new MaximalMarginalRelevance(options).Fit(
            new PopularityLearner(new PopularityOptions()), History, Context);

        // Popularity 4, 1, 1, 0, 1. i0 comes first; then i3, like none; i1, i2 and i4 are as like i0, and once i1 is
        // there, i4 is wholly like it.
        CollectionAssert.AreEqual(
            new[] { 0, 3, 1, 2, 4 }, TopN.Recommend((RecommenderModel)model, [0], 5, seen: null)[0]);
    }

    [TestMethod]
    public void Profiles_KnownAndUnknownUsers_AreSharesOfRows()
    {
        var profiles = UserProfiles.Of(ListMaking.Grouping("aabb."), History, Model);
        CollectionAssert.AreEqual(new[] { 0.75, 0.25 }, profiles.Of(0).ToArray());
        CollectionAssert.AreEqual(new[] { 1.0, 0 }, profiles.Of(1).ToArray());
        CollectionAssert.AreEqual(new[] { 5 / 6.0, 1 / 6.0 }, profiles.Of(Vocabulary.Missing).ToArray());
    }

    // Relevance 1, 2/3, 1/3, 0, groups a a b b, user u0 with shares .75, .25, strength .8. Binary: i0 (.2 + .6); then a
    // is covered, gains .133, .267 (.067 + .2), .2: i2; then .133, 0. Smooth: i0; the list is all a: .133, .267, .2:
    // i2; a and b make half each: i1 .133 + .3, i3 .1: i1.
    [TestMethod]
    [DataRow(XquadCoverage.Binary)]
    [DataRow(XquadCoverage.Smooth)]
    public void Xquad_OneGroupAbove_CoversTheOther(XquadCoverage coverage) => CollectionAssert.AreEqual(
        new[] { 0, 2, 1, 3 }, Xquad(coverage, 0.8, ListMaking.Scored(3, 2, 1, 0), 4));

    // Groups a a b b b, shares .75, .25, strength .9, relevance 1, .5, .4, .2, 0. After i0: i1 .05 + 0, i2 .04 + .225;
    // after i2: i1 .05 + .3375, i3 .02 + .1125; after i1 (a 2/3): i3 .02 + .15, i4 .15.
    [TestMethod]
    public void Xquad_Smooth_GoesBackToTheLargerShare() => CollectionAssert.AreEqual(
        new[] { 0, 2, 1, 3, 4 }, Xquad(XquadCoverage.Smooth, 0.9, ListMaking.Scored(10, 5, 4, 2, 0), 5));

    // Steck 2018: a user of 70 % a, 30 % b. KL(p, q~) at a = .01, computed term by term with Python's math.log.
    [TestMethod]
    public void Divergence_AllOfOneGroup_IsThatOfThePaper()
    {
        Assert.AreEqual(
            1.133981751353524, CalibratedReranker.Divergence([0.7, 0.3], [10, 0], 10, 0.01), 1e-14);
        Assert.AreEqual(
            0.08069087003563716, CalibratedReranker.Divergence([0.7, 0.3], [5, 5], 10, 0.01), 1e-14);
        Assert.AreEqual(0, CalibratedReranker.Divergence([0.7, 0.3], [7, 3], 10, 0.01), 1e-15);
    }

    [TestMethod]
    public void Calibrated_StrengthOne_HasTheSharesOfTheHistory()
    {
        var letters = new string('a', 20) + new string('b', 20);
        var rows = Enumerable.Range(0, 10).ToArray();
        var history = LearningSamples.Ratings(
            LearningSamples.Names("u", 1),
            LearningSamples.Names("i", 40),
            new int[10],
            [.. rows.Select(row => row < 7 ? row : 30 + row)],
            new double[10]);
        var model = (RecommenderModel)new PopularityLearner(new PopularityOptions()).Fit(history, Context);
        var reranker = new CalibratedReranker(
            new CalibratedOptions { Strength = 1 },
            UserProfiles.Of(ListMaking.Grouping(letters), history, model));
        var list = ListMaking.List(reranker, ListMaking.Descending(40), 10);
        Assert.AreEqual(7, list.Count(item => letters[item] == 'a'));
        Assert.AreEqual(7, list.Count(item => item < 10));
    }

    private static int[] Xquad(XquadCoverage coverage, double strength, Candidates user, int k)
    {
        var reranker = new XquadReranker(
            new XquadOptions { Coverage = coverage, Strength = strength },
            UserProfiles.Of(ListMaking.Grouping(user.Items.Length == 4 ? "aabb." : "aabbb"), History, Model));
        return ListMaking.List(reranker, user, k);
    }
}
