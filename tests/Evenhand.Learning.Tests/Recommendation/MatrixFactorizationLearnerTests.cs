using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class MatrixFactorizationLearnerTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(2) };

    [TestMethod]
    public void Fit_NoiselessLowRankMatrix_RecoversTheHiddenHalf()
    {
        const int Users = 80;
        const int Items = 60;
        var random = new SeededRandom(11);
        var p = Gaussians(random, Users * 2);
        var q = Gaussians(random, Items * 2);
        var cells = random.NextPermutation(Users * Items);
        double Rating(int cell)
        {
            var (user, item) = (2 * (cell / Items), 2 * (cell % Items));
            return 3 + (p[user] * q[item]) + (p[user + 1] * q[item + 1]);
        }

        Dataset Part(int[] part) => LearningSamples.Ratings(
            LearningSamples.Names("u", Users),
            LearningSamples.Names("i", Items),
            Array.ConvertAll(part, c => c / Items),
            Array.ConvertAll(part, c => c % Items),
            Array.ConvertAll(part, Rating));

        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions
        {
            ApproximationRank = 4,
            NumberOfIterations = 400,
            LearningRate = 0.1,
            Lambda = 1e-4,
            ClipToLabelRange = false,
        });
        var hidden = cells[(cells.Length / 2)..];
        var predicted = Ratings(learner.Fit(Part(cells[..(cells.Length / 2)]), Context), Part(hidden));
        var error = Math.Sqrt(hidden.Zip(predicted, (c, r) => Math.Pow(Rating(c) - r, 2)).Average());

        // The ratings have a standard deviation of about 1.4.
        Assert.IsLessThan(0.05, error);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_TwoThreads_GivesTheModelOfOne(bool regression)
    {
        var data = LearningSamples.Ratings(300, 200, 25_000, new SeedTree(4));
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions
        {
            LossFunction = regression
                ? MatrixFactorizationLoss.SquareLossRegression
                : MatrixFactorizationLoss.SquareLossOneClass,
            ApproximationRank = 10,
            NumberOfIterations = 3,
        });
        CollectionAssert.AreEqual(
            Ratings(learner.Fit(data, Context), data),
            Ratings(learner.Fit(data, Context with { Threads = 2 }), data));
    }

    [TestMethod]
    public void Fit_StepsFarTooLarge_DivergesOrPredictsFiniteRatings()
    {
        // Each row is one more step, so that for some number of them it is the very last one that overflows.
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions
        {
            ApproximationRank = 2,
            NumberOfIterations = 1,
            LearningRate = 10,
            ClipToLabelRange = false,
        });
        var diverged = 0;
        for (var rows = 2; rows < 40; rows++)
        {
            var data = LearningSamples.Ratings(
                LearningSamples.Names("u", 1),
                LearningSamples.Names("i", 1),
                new int[rows],
                new int[rows],
                [.. Enumerable.Range(0, rows).Select(row => row % 2 == 0 ? 1.0 : 5.0)]);
            try
            {
                Assert.IsTrue(Array.TrueForAll(Ratings(learner.Fit(data, Context), data), double.IsFinite), $"{rows}");
            }
            catch (DivergenceException)
            {
                diverged++;
            }
        }

        Assert.IsGreaterThan(0, diverged);
    }

    [TestMethod]
    public void Fit_RatingsInOtherUnits_PredictsInThese()
    {
        var data = LearningSamples.Ratings(30, 20, 400, new SeedTree(5));
        var labels = (NumericColumn)data.Label!;
        var scaled = data.WithRows(data.Rows.With(new NumericColumn(
            labels.Name, Array.ConvertAll(labels.Values.ToArray(), r => (100 * r) - 7), labels.Roles)));
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions());
        var expected = Ratings(learner.Fit(data, Context), data);
        var actual = Ratings(learner.Fit(scaled, Context), data);
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.AreEqual((100 * expected[row]) - 7, actual[row], 0.1);
        }
    }

    [TestMethod]
    public void Predict_UnknownUserOrItem_FallsBackToWhatIsLeft()
    {
        var users = LearningSamples.Names("u", 3);
        var items = LearningSamples.Names("i", 3);
        var train = LearningSamples.Ratings(users, items, [0, 0, 1, 1], [0, 1, 0, 1], [5, 4, 2, 1]);
        var unknown = LearningSamples.Ratings(users, items, [2, -1, 2], [2, -1, 0], [0, 0, 0]);
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions());
        var values = Ratings(learner.Fit(train, Context), unknown);
        Assert.AreEqual(3, values[0], 1e-12);
        Assert.AreEqual(3, values[1], 1e-12);
        Assert.IsGreaterThan(3, values[2]);
    }

    [TestMethod]
    public void Fit_NonNegativeWithoutBiases_PredictsNothingBelowZero()
    {
        var data = LearningSamples.Ratings(30, 20, 400, new SeedTree(6));
        var options = new MatrixFactorizationOptions { NonNegative = true, Biases = false, ClipToLabelRange = false };
        var model = (RecommenderModel)new MatrixFactorizationLearner(options).Fit(data, Context);
        var scores = new double[20];
        for (var user = 0; user < 30; user++)
        {
            model.Score(user, scores);
            Assert.IsTrue(scores.All(s => s >= 0));
        }
    }

    [TestMethod]
    public void Fit_StepFarTooLarge_SaysThatItDiverged()
    {
        var data = LearningSamples.Ratings(30, 20, 400, new SeedTree(7));
        var learner = new MatrixFactorizationLearner(new MatrixFactorizationOptions { LearningRate = 10 });
        var message = Assert.ThrowsExactly<DivergenceException>(() => learner.Fit(data, Context)).Message;
        Assert.Contains("lower learningRate (10)", message);
    }

    [TestMethod]
    public void Fit_Progress_CountsIterations()
    {
        var seen = new List<WorkProgress>();
        new MatrixFactorizationLearner(new MatrixFactorizationOptions { NumberOfIterations = 3 })
            .Fit(LearningSamples.Ratings(5, 5, 20, new SeedTree(8)), Context with { Progress = seen.Add });
        CollectionAssert.AreEqual(
            Enumerable.Range(1, 3).Select(i => new WorkProgress(i, 3, "iterations")).ToArray(), seen);
    }

    private static double[] Gaussians(SeededRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];

    private static double[] Ratings(Model model, Dataset data) => model.Predict(data) switch
    {
        RatingPredictions ratings => ratings.Values,
        ScorePredictions scores => scores.Values,
        _ => throw new InvalidOperationException(),
    };
}
