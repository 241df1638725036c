using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Slim;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class SlimLearnerTests
{
    private static readonly SlimOptions Options = new()
    {
        L1Regularization = 0.3,
        L2Regularization = 0.2,
        OptimizationTolerance = 1e-12,
        NumberOfIterations = 100_000,
    };

    [TestMethod]
    public void Fit_NonNegative_HasTheWeightsOfScikitLearn()
    {
        // For each column j, with X_j = 0: sklearn.linear_model.ElasticNet(alpha=(l1 + l2) / 6,
        // l1_ratio=l1 / (l1 + l2), fit_intercept=False, positive=True, tol=1e-14).fit(X, x_j).coef_
        double[] expected =
        [
            0.0, 0.4803847604677446, 0.22650189428107892, 0.06924460431654658, 0.0,
            0.5821114369501471, 0.0, 0.19447952372361096, 0.06924460431654682, 0.4047619047619047,
            0.12756598240469183, 0.025839305922294508, 0.0, 0.1007194244604317, 0.0,
            0.0, 0.08807996982270938, 0.12682662817968623, 0.0, 0.0,
            0.0, 0.5426254243681641, 0.03842684466895414, 0.0, 0.0,
        ];
        LinearSamples.AssertClose(expected, Weights(Fit(Options)), 1e-6);
    }

    [TestMethod]
    public void Fit_AnySign_HasTheWeightsOfScikitLearn()
    {
        // As above with positive=False.
        double[] expected =
        [
            0.0, 0.4803847604677446, 0.22650189428107892, 0.0676021073496413, 0.0,
            0.5821114369501476, 0.0, 0.19447952372361096, 0.07373115643419878, 0.41747572815533995,
            0.12756598240469172, 0.025839305922294508, 0.0, 0.10111626936518732, 0.0,
            0.0, 0.08807996982270938, 0.12682662817968623, 0.0, -0.05339805825242723,
            0.0, 0.5426254243681641, 0.03842684466895414, -0.007354858901466309, 0.0,
        ];
        LinearSamples.AssertClose(expected, Weights(Fit(Options with { NonNegative = false })), 1e-6);
    }

    [TestMethod]
    public void Fit_OneNeighbour_WeighsTheMostSimilarItemAlone()
    {
        // Item 4 was chosen by 2 users, both of whom chose item 1 of the 4 users of item 1: with l1 = 0.3, l2 = 0.2
        // the weight is (2 - 0.3) / (4 + 0.2).
        var model = Fit(Options with { NumberOfNeighbours = 1 });
        var weights = Weights(model);
        LinearSamples.AssertClose(
            [0, 1.7 / 4.2, 0, 0, 0], [.. Enumerable.Range(0, 5).Select(item => weights[(5 * item) + 4])], 1e-6);
        Assert.AreEqual(5, model.WeightCount);
    }

    [TestMethod]
    public void Score_OwnHistoryOfATrainingUser_IsThatUsersScores()
    {
        var model = Fit(Options);
        for (var user = 0; user < 6; user++)
        {
            CollectionAssert.AreEqual(
                LinearSamples.Scores(model, user), LinearSamples.FoldedIn(model, LinearSamples.Choices, user));
        }

        LinearSamples.AssertChecksFoldIn(model);
    }

    [TestMethod]
    public void Fit_TwoThreads_GivesTheModelOfOne()
    {
        var data = LearningSamples.Ratings(100, 150, 3000, new SeedTree(3));
        var learner = new SlimLearner(new SlimOptions { L2Regularization = 1 });
        var one = (SlimModel)learner.Fit(data, LinearSamples.Context);
        var two = (SlimModel)learner.Fit(data, LinearSamples.Context with { Threads = 2 });
        Assert.IsGreaterThan(0, one.WeightCount);
        CollectionAssert.AreEqual(Weights(one), Weights(two));
    }

    [TestMethod]
    public void Fit_Progress_CountsItems()
    {
        var seen = new List<WorkProgress>();
        new SlimLearner(Options).Fit(
            LearningSamples.Ratings(20, 100, 400, new SeedTree(3)), LinearSamples.Context with { Progress = seen.Add });
        CollectionAssert.AreEqual(
            new[] { new WorkProgress(64, 100, "items"), new WorkProgress(100, 100, "items") }, seen);
    }

    private static SlimModel Fit(SlimOptions options) => (SlimModel)new SlimLearner(options).Fit(
        LinearSamples.Rows(LinearSamples.Choices), LinearSamples.Context);

    private static double[] Weights(SlimModel model)
    {
        var count = model.Items.Count;
        var dense = new double[count * count];
        for (var item = 0; item < count; item++)
        {
            var others = model.WeightsOf(item, out var weights);
            for (var i = 0; i < others.Length; i++)
            {
                dense[(item * count) + others[i]] = weights[i];
            }
        }

        return dense;
    }
}
