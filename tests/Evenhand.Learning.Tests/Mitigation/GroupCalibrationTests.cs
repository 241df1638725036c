using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Mitigations.Post.GroupCalibration;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class GroupCalibrationTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(4) };
    private static readonly Dataset Train = LearningSamples.WithGroups(
        LearningSamples.Ratings(30, 40, 900, new SeedTree(5)));

    private static readonly GroupCalibrationOptions Options = new() { Group = "gender", Damping = 5 };

    // numpy 1.24.2, lstsq of sqrt(w) (1, x - m) on sqrt(w) (y - x), with two rows more for the damping.
    [TestMethod]
    public void Fit_WeightedRows_SolvesDampedLeastSquares()
    {
        var lines = CorrectionLine.Fit(
            [3.1, 3.9, 2.5, 4.4, 3.0, 3.6, 4.1, 2.2],
            [3, 5, 2, 5, 4, 3, 5, 1],
            [1, 2, 1, 1, 0.5, 1, 1, 3],
            [0, 0, 0, 0, 1, 1, 1, -1],
            3,
            2);
        Assert.AreEqual(3.2, lines[0].Center, 1e-12);
        Assert.AreEqual(0.17429148337780345, lines[0].Offset, 1e-12);
        Assert.AreEqual(0.54442200908632, lines[0].Slope, 1e-12);
        Assert.AreEqual(0.14331761634566714, lines[1].Offset, 1e-12);
        Assert.AreEqual(0.12922560537041475, lines[1].Slope, 1e-12);
        Assert.AreEqual(0, lines[2].Offset);
        Assert.AreEqual(0, lines[2].Slope);
    }

    [TestMethod]
    public void Fit_EqualPredictionsWithoutDamping_LearnsTheMeanErrorOnly()
    {
        var line = CorrectionLine.Fit([3, 3, 3], [4, 5, 3], [], [0, 0, 0], 2, 0);
        Assert.AreEqual(1, line[0].Offset, 1e-12);
        Assert.AreEqual(0, line[0].Slope);
        Assert.AreEqual(0, line[1].Offset);
    }

    [TestMethod]
    public void Predict_StrengthZero_ChangesNothing()
    {
        foreach (var learner in (Learner[])[new BiasLearner(new BiasOptions()), Factors()])
        {
            CollectionAssert.AreEqual(
                Values(learner.Fit(Train, Context), Train),
                Values(new GroupCalibration(Options with { Strength = 0 }).Fit(learner, Train, Context), Train));
        }
    }

    [TestMethod]
    public void Predict_GroupThatRatesHigherAsTheMeanGrows_IsCorrected()
    {
        // The learner knows items and no users: all users of a group are wrong by as much.
        var data = Biased();
        var learner = new BiasLearner(new BiasOptions { UserDamping = 1e6, ItemDamping = 0 });
        var plain = MeanErrors(learner.Fit(data, Context), data);
        var model = new GroupCalibration(Options with { Damping = 0 }).Fit(learner, data, Context);
        var corrected = MeanErrors(model, data);
        for (var group = 0; group < 2; group++)
        {
            Assert.IsGreaterThan(0.4, Math.Abs(plain[group]));
            Assert.IsLessThan(0.1, Math.Abs(corrected[group]));
        }

        foreach (var value in Values(model, data))
        {
            Assert.IsTrue(value is >= 1 and <= 5);
        }
    }

    [TestMethod]
    public void Predict_UnknownUser_HasTheGroupThatTheDataSays()
    {
        var model = new GroupCalibration(Options).Fit(new BiasLearner(new BiasOptions()), Biased(), Context);
        var rows = LearningSamples.Ratings(
            new Vocabulary(["new", "u0"]), LearningSamples.Names("i", 10), [0, 1], [3, 3], [1, 1]);
        var unknown = Values(model, rows)[0];
        var grouped = Values(model, With(rows, "m", "f"));
        Assert.AreEqual(unknown, Values(model, With(rows, "neither", "f"))[0]);
        Assert.AreNotEqual(unknown, grouped[0]);

        // A user of the training data keeps the group that was known then.
        Assert.AreEqual(Values(model, rows)[1], Values(model, With(rows, "m", "m"))[1]);

        static Dataset With(Dataset rows, params string[] genders) => rows.WithGroups([new GroupAttribute(
            "gender", GroupSide.User, CategoricalColumn.FromValues("gender", genders))]);
    }

    [TestMethod]
    public void Recommend_CalibratedModel_RanksAsTheModelWithin()
    {
        int[] users = [.. Enumerable.Range(0, 30)];
        var plain = TopN.Recommend((RecommenderModel)Factors().Fit(Train, Context), users, 10, Train);
        var model = (RecommenderModel)new GroupCalibration(Options).Fit(Factors(), Train, Context);
        var lists = TopN.Recommend(model, users, 10, Train);
        foreach (var user in users)
        {
            CollectionAssert.AreEqual(plain[user], lists[user]);
        }
    }

    [TestMethod]
    public void Load_AfterSave_PredictsTheSameBits()
    {
        var model = new GroupCalibration(Options).Fit(Factors(), Train, Context);
        var path = Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.NewGuid():N}.model");
        try
        {
            ModelFile.Save(model, path);
            CollectionAssert.AreEqual(Values(model, Train), Values(ModelFile.Load(path, TestRegistry.Shared), Train));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Fit_TooFewRowsToHoldOut_ChangesNothing()
    {
        var data = Train.Select([0, 1, 2]);
        var learner = new BiasLearner(new BiasOptions());
        CollectionAssert.AreEqual(
            Values(learner.Fit(data, Context), Train),
            Values(new GroupCalibration(Options).Fit(learner, data, Context), Train));
    }

    [TestMethod]
    public void Fit_LearnerOfScoresOrGroupOfItems_SaysSo()
    {
        var popularity = new PopularityLearner(new PopularityOptions());
        Assert.Contains("predicts scores, not ratings", Assert.ThrowsExactly<InputException>(
            () => new GroupCalibration(Options).Fit(popularity, Train, Context)).Message);
        Assert.Contains("needs a group of the user", Assert.ThrowsExactly<InputException>(
            () => new GroupCalibration(Options with { Group = "genre" }).Fit(Factors(), Train, Context)).Message);
        Assert.ThrowsExactly<OperationCanceledException>(() => new GroupCalibration(Options).Fit(
            Factors(), Train, Context with { CancellationToken = new CancellationToken(true) }));
    }

    [TestMethod]
    public void ServingAttributes_GroupCalibration_NameTheGroup() => CollectionAssert.AreEqual(
        new[] { "gender" }, new GroupCalibration(Options).ServingAttributes.ToArray());

    private static MatrixFactorizationLearner Factors() =>
        new(new MatrixFactorizationOptions { ApproximationRank = 4, NumberOfIterations = 5 });

    // Women rate every item half a star above its mean, men half a star below.
    private static Dataset Biased()
    {
        var rows = Enumerable.Range(0, 400).ToArray();
        return LearningSamples.WithGroups(LearningSamples.Ratings(
            LearningSamples.Names("u", 6),
            LearningSamples.Names("i", 10),
            [.. rows.Select(row => row % 2 == 0 ? 0 : 1)],
            [.. rows.Select(row => row / 2 % 10)],
            [.. rows.Select(row => 2.5 + (row / 2 % 10 * 0.15) + (row % 2 == 0 ? 0.5 : -0.5))]));
    }

    private static double[] MeanErrors(Model model, Dataset data)
    {
        var groups = data.GroupCodes(data.FindGroup("gender")!);
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        var values = Values(model, data);
        return [.. Enumerable.Range(0, 2).Select(group => Enumerable.Range(0, data.RowCount)
            .Where(row => groups[row] == group).Average(row => labels[row] - values[row]))];
    }

    private static double[] Values(Model model, Dataset data) => ((RatingPredictions)model.Predict(data)).Values;
}
