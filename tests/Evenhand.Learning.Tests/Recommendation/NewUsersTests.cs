using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Mitigations.Post.DeterministicSorting;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Ease;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class NewUsersTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(5) };

    private static readonly Dataset Train = LearningSamples.WithGroups(
        LearningSamples.Ratings(30, 25, 300, new SeedTree(6)));

    [TestMethod]
    [DataRow("ease")]
    [DataRow("slim")]
    [DataRow("item-knn")]
    [DataRow("ials")]
    public void Recommend_ChoicesOfAKnownUser_AreListedAsForThatUser(string learner)
    {
        // Choices that were made once: what is folded in knows of no repetition.
        var pairs = Enumerable.Range(0, Train.RowCount)
            .Select(row => (User: Train.UserColumn!.Codes[row], Item: Train.ItemColumn!.Codes[row])).ToArray();
        var data = Train.Select([.. Enumerable.Range(0, pairs.Length).Where(
            row => Array.IndexOf(pairs, pairs[row]) == row)]);
        var once = pairs.Where(pair => pair.User == 2).Select(pair => pair.Item).Distinct().Order().ToArray();
        var descriptor = TestRegistry.Shared.Get<LearnerDescriptor>(learner);
        var model = (RecommenderModel)descriptor.Create(descriptor.CreateDefaultOptions()).Fit(data, Context);

        var known = TopN.Recommend(model, [2], 5, data)[0];
        var folded = NewUsers.Recommend(model, [once], 5)[0];

        CollectionAssert.AreEqual(known, folded);
    }

    [TestMethod]
    public void Recommend_RerankedModel_IsRerankedToo()
    {
        var mitigation = new DeterministicSorting(
            new DeterministicSortingOptions { ItemGroup = "genre", Target = TargetShare.Equal });
        var model = (RerankedModel)mitigation.Fit(new EaseLearner(new EaseOptions()), Train, Context);

        Assert.IsTrue(NewUsers.CanServe(model));
        Assert.HasCount(6, NewUsers.Recommend(model, [[1, 4]], 6)[0]);
    }

    [TestMethod]
    public void Recommend_ModelWithoutFoldIn_Throws()
    {
        var model = (RecommenderModel)new PopularityLearner(new PopularityOptions()).Fit(Train, Context);

        Assert.IsFalse(NewUsers.CanServe(model));
        Assert.ThrowsExactly<ArgumentException>(() => NewUsers.Recommend(model, [[1]], 3));
    }
}
