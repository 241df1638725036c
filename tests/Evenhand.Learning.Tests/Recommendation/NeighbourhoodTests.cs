using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.ItemKnn;
using Evenhand.Learning.Recommendation.Similarity;
using Evenhand.Learning.Recommendation.UserKnn;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

/// <summary>Neighbourhoods of items and of users against their formulas, written with loops in numpy over dense
/// matrices: s = cosine * n / (n + shrinkage), the 2 most similar neighbours, equal ones by code.</summary>
[TestClass]
public sealed class NeighbourhoodTests
{
    private static readonly ItemKnnOptions ItemOptions = new() { NumberOfNeighbours = 2, Shrinkage = 2 };
    private static readonly UserKnnOptions UserOptions = new() { NumberOfNeighbours = 2, Shrinkage = 2 };

    private static readonly ItemKnnOptions ExplicitItems = new()
    {
        Feedback = FeedbackKind.Explicit,
        NumberOfNeighbours = 2,
        Shrinkage = 1,
    };

    private static readonly UserKnnOptions ExplicitUsers = new()
    {
        Feedback = FeedbackKind.Explicit,
        NumberOfNeighbours = 2,
        Shrinkage = 1,
    };

    [TestMethod]
    public void Score_ItemsOfChoices_SumsSimilarities()
    {
        var model = Fit(ItemOptions, LinearSamples.Rows(LinearSamples.Choices));
        LinearSamples.AssertClose(
            [0.5678511301977579, 0.8035533905932737, 0.5, 0.2357022603955158, 0.4714045207910316],
            LinearSamples.Scores(model, 0),
            1e-6);
        LinearSamples.AssertClose(
            [0.3678511301977579, 0.3678511301977579, 0.1178511301977579, 0.1178511301977579, 0.1178511301977579],
            LinearSamples.Scores(model, 4),
            1e-6);
    }

    [TestMethod]
    public void Score_UsersOfChoices_SumsSimilarities()
    {
        var model = Fit(UserOptions, LinearSamples.Rows(LinearSamples.Choices));
        LinearSamples.AssertClose([2.0 / 3, 2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3], LinearSamples.Scores(model, 0), 1e-6);
        LinearSamples.AssertClose(
            [0.30274943015462097, 0.2721655269759086, 0.30274943015462097, 0.1360827634879543, 0.1360827634879543],
            LinearSamples.Scores(model, 4),
            1e-6);
    }

    [TestMethod]
    public void Score_ItemsOfWeightedRatings_AddsTheMeanDeviationToTheBaseline()
    {
        // m = sum(W R) / sum(W), bi = sum(W (R - m)) / (3 + sum(W)), bu = sum(W (R - m - bi)) / (5 + sum(W));
        // d = R - m - bu - bi; s between the columns of sqrt(W) d; m + bu + bi + sum(s W d) / sum(s W).
        var model = Fit(ExplicitItems, LinearSamples.Rows(LinearSamples.Ratings, LinearSamples.Weights));
        LinearSamples.AssertClose(
            [4.620271867612294, 3.9952718676122934, 3.845212765957447, 2.9711058576306804, 3.283434175591978],
            LinearSamples.Scores(model, 0),
            1e-5);
        LinearSamples.AssertClose(
            [3.943853427895981, 3.318853427895981, 3.845212765957447, 2.943853427895981, 4.193799471095247],
            LinearSamples.Scores(model, 3),
            1e-5);
    }

    [TestMethod]
    public void Score_UsersOfWeightedRatings_AddsTheMeanDeviationToTheBaseline()
    {
        // As above with s between the rows of sqrt(W) d.
        var model = Fit(ExplicitUsers, LinearSamples.Rows(LinearSamples.Ratings, LinearSamples.Weights));
        LinearSamples.AssertClose(
            [4.846564820204244, 3.3314734158334636, 2.7387389436235705, 1.0272524297346992, 2.2431586551090095],
            LinearSamples.Scores(model, 0),
            1e-5);
        LinearSamples.AssertClose(
            [5.058593380614656, 1.286748378523972, 5.274499605988968, 1.0585933806146572, 2.2744996059889675],
            LinearSamples.Scores(model, 4),
            1e-5);
    }

    [TestMethod]
    public void Predict_Ratings_AreTheScoresClipped()
    {
        var data = LinearSamples.Rows(LinearSamples.Ratings, LinearSamples.Weights);
        foreach (var model in (RecommenderModel[])[Fit(ExplicitItems, data), Fit(ExplicitUsers, data)])
        {
            var values = ((RatingPredictions)model.Predict(data)).Values;
            for (var row = 0; row < data.RowCount; row++)
            {
                var score = LinearSamples.Scores(model, data.UserColumn!.Codes[row])[data.ItemColumn!.Codes[row]];
                Assert.AreEqual(Math.Clamp(score, 1, 5), values[row]);
            }
        }
    }

    [TestMethod]
    public void Fit_WeightTwo_EqualsTheRowTwice()
    {
        var names = LearningSamples.Names("n", 4);
        var weighted = LearningSamples.Ratings(
            names, names, [0, 0, 1, 1, 2, 2, 2], [0, 1, 0, 1, 0, 1, 2], [5, 4, 2, 1, 4, 4, 3], [2, 1, 1, 1, 1, 1, 1]);
        var repeated = LearningSamples.Ratings(
            names, names, [0, 0, 0, 1, 1, 2, 2, 2], [0, 0, 1, 0, 1, 0, 1, 2], [5, 5, 4, 2, 1, 4, 4, 3]);
        foreach (var fit in (Func<Dataset, RecommenderModel>[])
            [
                d => Fit(ExplicitItems, d),
                d => Fit(ExplicitUsers, d),
                d => Fit(ItemOptions, d),
                d => Fit(UserOptions, d),
            ])
        {
            for (var user = 0; user < 4; user++)
            {
                LinearSamples.AssertClose(
                    LinearSamples.Scores(fit(repeated), user), LinearSamples.Scores(fit(weighted), user), 1e-6);
            }
        }
    }

    [TestMethod]
    [DataRow(FeedbackKind.Implicit)]
    [DataRow(FeedbackKind.Explicit)]
    public void Score_OwnHistoryOfATrainingUser_IsThatUsersScores(FeedbackKind feedback)
    {
        var values = feedback == FeedbackKind.Implicit ? LinearSamples.Choices : LinearSamples.Ratings;
        var model = Fit(ItemOptions with { Feedback = feedback }, LinearSamples.Rows(values));
        for (var user = 0; user < 6; user++)
        {
            LinearSamples.AssertClose(
                LinearSamples.Scores(model, user), LinearSamples.FoldedIn(model, values, user), 1e-6);
        }

        LinearSamples.AssertChecksFoldIn((IFoldIn)model);
    }

    [TestMethod]
    public void Score_HistoryOfAnotherUser_IsTheScoreOfThatUserAdded()
    {
        // A user who is fitted with the others, and one who is folded in, have the same neighbours: the other users.
        var all = Fit(UserOptions, LinearSamples.Rows(LinearSamples.Choices));
        var others = (double[,])LinearSamples.Choices.Clone();
        for (var item = 0; item < 5; item++)
        {
            others[0, item] = 0;
        }

        var without = Fit(UserOptions, LinearSamples.Rows(others));
        LinearSamples.AssertClose(
            LinearSamples.Scores(all, 0), LinearSamples.FoldedIn(without, LinearSamples.Choices, 0), 1e-6);
        LinearSamples.AssertChecksFoldIn((IFoldIn)all);
    }

    [TestMethod]
    public void Score_RatingsWithoutLabels_Throws()
    {
        var data = LinearSamples.Rows(LinearSamples.Ratings);
        foreach (var model in (IFoldIn[])[(IFoldIn)Fit(ExplicitItems, data), (IFoldIn)Fit(ExplicitUsers, data)])
        {
            Assert.ThrowsExactly<ArgumentException>(() => model.Score([1], [], new double[5]));
        }
    }

    [TestMethod]
    public void Score_TooFewOrTooDistantNeighbours_FallsBack()
    {
        var choices = LinearSamples.Rows(LinearSamples.Choices);
        var ratings = LinearSamples.Rows(LinearSamples.Ratings);
        var baseline = LinearSamples.Scores(
            (RecommenderModel)new BiasLearner(new BiasOptions()).Fit(ratings, LinearSamples.Context), 0);
        foreach (var (fewest, nearest) in new[] { (100, 0.0), (1, 1.0) })
        {
            var (items, users) = (
                ItemOptions with { MinimumNeighbours = fewest, MinimumSimilarity = nearest },
                UserOptions with { MinimumNeighbours = fewest, MinimumSimilarity = nearest });
            CollectionAssert.AreEqual(new double[5], LinearSamples.Scores(Fit(items, choices), 0));
            CollectionAssert.AreEqual(new double[5], LinearSamples.Scores(Fit(users, choices), 0));
            var byItems = Fit(items with { Feedback = FeedbackKind.Explicit }, ratings);
            var byUsers = Fit(users with { Feedback = FeedbackKind.Explicit }, ratings);
            LinearSamples.AssertClose(baseline, LinearSamples.Scores(byItems, 0), 1e-12);
            LinearSamples.AssertClose(baseline, LinearSamples.Scores(byUsers, 0), 1e-12);
        }
    }

    [TestMethod]
    public void Fit_ModelSize_KeepsTheMostSimilarItems()
    {
        var data = LinearSamples.Rows(LinearSamples.Choices);
        var whole = (ItemKnnModel)Fit(ItemOptions, data);
        var small = (ItemKnnModel)Fit(ItemOptions with { ModelSize = 2 }, data);
        for (var item = 0; item < 5; item++)
        {
            var all = whole.NeighboursOf(item, out var similarities);
            CollectionAssert.AreEqual(all[..2].ToArray(), small.NeighboursOf(item, out _).ToArray());
            CollectionAssert.AreEqual(similarities.ToArray().OrderDescending().ToArray(), similarities.ToArray());
        }
    }

    [TestMethod]
    public void Fit_TwoThreads_GivesTheModelOfOne()
    {
        var data = LearningSamples.Ratings(100, 150, 3000, new SeedTree(3));
        foreach (var options in (LearnerOptions[])[new ItemKnnOptions(), ExplicitItems])
        {
            var one = Fit((ItemKnnOptions)options, data);
            var two = (RecommenderModel)new ItemKnnLearner((ItemKnnOptions)options)
                .Fit(data, LinearSamples.Context with { Threads = 2 });
            CollectionAssert.AreEqual(LinearSamples.Scores(one, 7), LinearSamples.Scores(two, 7));
        }
    }

    [TestMethod]
    public void Serves_Choices_PredictNoRatings()
    {
        foreach (var task in new[] { TaskKind.RatingPrediction, TaskKind.TopN })
        {
            Assert.AreEqual(task == TaskKind.TopN, new ItemKnnOptions().Serves(task));
            Assert.AreEqual(task == TaskKind.TopN, new UserKnnOptions().Serves(task));
            Assert.IsTrue(ExplicitItems.Serves(task));
            Assert.IsTrue(ExplicitUsers.Serves(task));
        }
    }

    private static RecommenderModel Fit(ItemKnnOptions options, Dataset data) =>
        (RecommenderModel)new ItemKnnLearner(options).Fit(data, LinearSamples.Context);

    private static RecommenderModel Fit(UserKnnOptions options, Dataset data) =>
        (RecommenderModel)new UserKnnLearner(options).Fit(data, LinearSamples.Context);
}
