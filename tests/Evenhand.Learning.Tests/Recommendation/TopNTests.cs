using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class TopNTests
{
    private static readonly Dataset Train = LearningSamples.Ratings(40, 60, 600, new SeedTree(3));
    private static readonly RecommenderModel Model = (RecommenderModel)new MatrixFactorizationLearner(
        new MatrixFactorizationOptions { ApproximationRank = 8, NumberOfIterations = 5 })
        .Fit(Train, new FitContext { Seeds = new SeedTree(1) });

    private static readonly int[] Everyone = [.. Enumerable.Range(0, 40)];

    [TestMethod]
    [DataRow(1)]
    [DataRow(10)]
    [DataRow(100)]
    public void Recommend_AllUsers_EqualsSortingEverything(int k)
    {
        var lists = TopN.Recommend(Model, Everyone, k, Train);
        foreach (var user in Everyone)
        {
            var scores = new double[60];
            Model.Score(user, scores);
            var seen = Enumerable.Range(0, Train.RowCount)
                .Where(row => Train.UserColumn!.Codes[row] == user)
                .Select(row => Train.ItemColumn!.Codes[row])
                .ToHashSet();
            var expected = Enumerable.Range(0, 60).Where(item => !seen.Contains(item))
                .OrderByDescending(item => scores[item]).ThenBy(item => item).Take(k).ToArray();
            CollectionAssert.AreEqual(expected, lists[user]);
        }
    }

    [TestMethod]
    public void Recommend_EqualScores_StandInOrderOfCodes()
    {
        var names = LearningSamples.Names("n", 6);
        var data = LearningSamples.Ratings(names, names, [0, 1, 2, 3], [5, 3, 5, 1], [1, 1, 1, 1]);
        var model = (RecommenderModel)new PopularityLearner(new PopularityOptions())
            .Fit(data, new FitContext { Seeds = new SeedTree(0) });
        CollectionAssert.AreEqual(new[] { 5, 1, 3, 0 }, TopN.Recommend(model, [4], 4, data)[0]);
        CollectionAssert.AreEqual(new[] { 1, 3, 0, 2, 4 }, TopN.Recommend(model, [0], 6, data)[0]);
    }

    [TestMethod]
    public void Recommend_LargestK_GivesAllUnseenItems() =>
        Assert.HasCount(60, TopN.Recommend(Model, [0], int.MaxValue, seen: null)[0]);

    [TestMethod]
    public void Recommend_BatchesAndThreads_GiveTheSameLists()
    {
        var whole = TopN.Recommend(Model, Everyone, 10, Train, threads: 2);
        foreach (var user in Everyone)
        {
            CollectionAssert.AreEqual(whole[user], TopN.Recommend(Model, [user], 10, Train)[0]);
        }
    }

    [TestMethod]
    public void Recommend_SeenInAnotherVocabulary_IsMaskedByValue()
    {
        var seen = LearningSamples.Ratings(
            new Vocabulary(["u7"]), new Vocabulary(["new", "i2"]), [0, 0], [0, 1], [1, 1]);
        var list = TopN.Recommend(Model, [7], 60, seen)[0];
        Assert.HasCount(59, list);
        CollectionAssert.DoesNotContain(list, 2);
    }

    [TestMethod]
    public void Recommend_UnknownUserWithoutMask_RanksTheCatalogue() =>
        Assert.HasCount(60, TopN.Recommend(Model, [Vocabulary.Missing], 60, null)[0].Distinct().ToArray());

    [TestMethod]
    public void Recommend_BadArguments_Throw()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TopN.Recommend(Model, [0], 0, null));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TopN.Recommend(Model, [40], 1, null));
        Assert.ThrowsExactly<OperationCanceledException>(
            () => TopN.Recommend(Model, [0], 1, null, 1, new CancellationToken(true)));
    }
}
