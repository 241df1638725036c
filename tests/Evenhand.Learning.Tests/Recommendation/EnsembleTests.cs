using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.Ensemble;
using Evenhand.Learning.Recommendation.MatrixFactorization;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class EnsembleTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(7) };

    // scipy.optimize.nnls of scipy 1.10.1 on the matrices below; the second has a negative unconstrained coefficient,
    // the third columns of which one is the sum of the others.
    public static IEnumerable<object[]> Problems =>
    [
        [
            new double[,] { { 1, 2 }, { 3, 1 }, { 0, 1 } },
            new double[] { 4, 5, 1 },
            new[] { 1.2571428571428571, 1.2857142857142856 },
        ],
        [new double[,] { { 1, 0.9, 2 }, { 2, 2.2, 1 }, { 3, 2.9, 0 }, { 4, 4.3, 1 } }, new double[] { 1, 2, 3.5, 3 },
            new[] { 0.9166666666666666, 0, 0 }],
        [
            new double[,] { { 1, 0, 1 }, { 0, 1, 1 }, { 1, 1, 2 }, { 2, 1, 3 } },
            new double[] { -1, 2, 1, 0.5 },
            new[] { 0, 1.1666666666666672, 0 },
        ],
    ];

    [TestMethod]
    [DynamicData(nameof(Problems))]
    public void Solve_SmallProblem_IsThatOfScipy(double[,] matrix, double[] target, double[] expected)
    {
        var (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        var gram = new double[columns, columns];
        var products = new double[columns];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < columns; i++)
            {
                products[i] += matrix[row, i] * target[row];
                for (var j = 0; j < columns; j++)
                {
                    gram[i, j] += matrix[row, i] * matrix[row, j];
                }
            }
        }

        var solved = ActiveSetLeastSquares.Solve(gram, products);
        for (var i = 0; i < columns; i++)
        {
            Assert.AreEqual(expected[i], solved[i], 1e-8);
        }
    }

    [TestMethod]
    public void Solve_RandomProblems_MeetsTheOptimalityConditions() => Properties.Check(
        FsCheck.Fluent.Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var n = 1 + random.Next(6);
            var matrix = Enumerable.Range(0, 8).Select(_ => Gaussians(random, n)).ToArray();
            var target = Gaussians(random, 8);
            var gram = new double[n, n];
            var products = new double[n];
            for (var i = 0; i < n; i++)
            {
                products[i] = matrix.Zip(target, (row, value) => row[i] * value).Sum();
                for (var j = 0; j < n; j++)
                {
                    gram[i, j] = matrix.Sum(row => row[i] * row[j]);
                }
            }

            var x = ActiveSetLeastSquares.Solve(gram, products);
            for (var i = 0; i < n; i++)
            {
                var slope = products[i] - Enumerable.Range(0, n).Sum(j => gram[i, j] * x[j]);
                Assert.IsGreaterThanOrEqualTo(0, x[i]);
                Assert.IsLessThan(1e-8, slope);
                Assert.AreEqual(0, x[i] * slope, 1e-8);
            }
        });

    [TestMethod]
    public void Fit_PredictionsThatAreAffineInTheRatings_FindsWeightsAndIntercept()
    {
        var random = new SeededRandom(3);
        var labels = Enumerable.Range(0, 50).Select(_ => 1 + (4 * random.NextDouble())).ToArray();
        var good = Array.ConvertAll(labels, label => (label - 1) / 2);
        var noise = Gaussians(random, 50);
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 1), LearningSamples.Names("i", 1), new int[50], new int[50], labels);
        var weights = RatingWeights.Fit([good, noise], data, "ensemble");
        Assert.AreEqual(2, weights.Members[0], 1e-9);
        Assert.AreEqual(0, weights.Members[1], 1e-9);
        Assert.AreEqual(1, weights.Intercept, 1e-9);
    }

    [TestMethod]
    public void Fit_FewHeldOutRows_WeighsMembersAlike()
    {
        var data = LearningSamples.Ratings(5, 5, 30, new SeedTree(1));
        var model = (EnsembleModel)Ratings(0.1).Fit(data, Context);
        CollectionAssert.AreEqual(new[] { 0.5, 0.5 }, model.Members.Select(m => m.Weight).ToArray());
        Assert.AreEqual(0, model.Intercept);
    }

    [TestMethod]
    public void Predict_Ratings_IsTheWeightedSumOfItsMembers()
    {
        var data = LearningSamples.Ratings(60, 40, 1500, new SeedTree(2));
        var model = (EnsembleModel)Ratings(0.2, clip: false).Fit(data, Context);
        var members = model.Members
            .Select(m => (m.Weight, ((RatingPredictions)m.Model.Predict(data)).Values)).ToArray();
        var predicted = ((RatingPredictions)model.Predict(data)).Values;
        for (var row = 0; row < predicted.Length; row++)
        {
            Assert.AreEqual(
                model.Intercept + members.Sum(m => m.Weight * m.Values[row]), predicted[row], 1e-12);
        }
    }

    // Scores are ratings less what is the same for all items of the user.
    [TestMethod]
    public void Score_Ratings_RanksAsTheRatingsDo()
    {
        var data = LearningSamples.Ratings(60, 40, 1500, new SeedTree(2));
        var model = (EnsembleModel)Ratings(0.2, clip: false).Fit(data, Context);
        var scores = new double[40];
        model.Score(5, scores);
        var all = LearningSamples.Ratings(
            model.Users, model.Items, [.. Enumerable.Repeat(5, 40)], [.. Enumerable.Range(0, 40)], new double[40]);
        var ratings = ((RatingPredictions)model.Predict(all)).Values;
        for (var item = 1; item < 40; item++)
        {
            Assert.AreEqual(ratings[item] - ratings[0], scores[item] - scores[0], 1e-5);
        }
    }

    [TestMethod]
    public void Fit_OneMemberRanksFarBetter_GetsTheWeight()
    {
        // Everybody takes what is of their own parity; popularity knows nothing of that.
        var cells = Enumerable.Range(0, 60 * 60)
            .Where(cell => (cell / 60) % 2 == (cell % 60) % 2 && (cell * 31) % 7 < 3).ToArray();
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 60),
            LearningSamples.Names("i", 60),
            Array.ConvertAll(cells, cell => cell / 60),
            Array.ConvertAll(cells, cell => cell % 60),
            Array.ConvertAll(cells, _ => 1.0));
        var model = (EnsembleModel)new EnsembleLearner(
            new EnsembleOptions(),
            [
                new PopularityLearner(new PopularityOptions()),
                new MatrixFactorizationLearner(new MatrixFactorizationOptions
                {
                    LossFunction = MatrixFactorizationLoss.SquareLossOneClass, ApproximationRank = 4,
                }),
            ]).Fit(data, Context);
        var weight = model.Members.First(m => m.Model.LearnerName == "matrix-factorization").Weight;
        Assert.IsGreaterThan(0.7, weight);
        Assert.AreEqual(1, model.Members.Sum(m => m.Weight), 1e-12);
    }

    [TestMethod]
    public void Normalize_StandardScore_HasMeanZeroAndDeviationOne()
    {
        double[] scores = [1, 2, 3, 6];
        ScoreBlend.Normalize(scores, ScoreNormalization.StandardScore);

        // Mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5.
        var deviation = Math.Sqrt(3.5);
        double[] expected = [-2 / deviation, -1 / deviation, 0, 3 / deviation];
        for (var i = 0; i < 4; i++)
        {
            Assert.AreEqual(expected[i], scores[i], 1e-12);
        }

        double[] equal = [4, 4];
        ScoreBlend.Normalize(equal, ScoreNormalization.StandardScore);
        CollectionAssert.AreEqual(new double[2], equal);
    }

    [TestMethod]
    public void Normalize_ReciprocalRank_RanksTiesInOrderOfCodes()
    {
        double[] scores = [5, 7, 5, -1];
        ScoreBlend.Normalize(scores, ScoreNormalization.ReciprocalRank);
        CollectionAssert.AreEqual(new[] { 1.0 / 62, 1.0 / 61, 1.0 / 63, 1.0 / 64 }, scores);
    }

    [TestMethod]
    public void Of_Users_KeepARowAndLoseTheShare()
    {
        var data = LearningSamples.Ratings(200, 100, 8000, new SeedTree(5));
        var (kept, held) = HeldOutRows.Of(data, "ensemble", 0.1, new SeedTree(1));
        Assert.HasCount(8000, kept.Concat(held).Distinct());
        Assert.AreEqual(800, held.Length, 40);
        var users = data.UserColumn!.Codes.ToArray();
        Assert.IsEmpty(users.Distinct().Except(kept.Select(row => users[row])));
    }

    [TestMethod]
    public void Fit_RatingsOfAMemberWithout_NamesIt()
    {
        var learner = new EnsembleLearner(
            new EnsembleOptions { Blend = EnsembleBlend.Ratings }, [new PopularityLearner(new PopularityOptions())]);
        var message = Assert.ThrowsExactly<InputException>(
            () => learner.Fit(LearningSamples.Ratings(5, 5, 40, new SeedTree(1)), Context)).Message;
        Assert.Contains("'popularity' predicts none", message);
    }

    [TestMethod]
    public void Create_MembersMissingOrNotTaken_Throws()
    {
        Assert.ThrowsExactly<ArgumentException>(() => TestRegistry.Shared.Get<LearnerDescriptor>("ensemble").Create(new EnsembleOptions()));
        Assert.ThrowsExactly<ArgumentException>(
            () => TestRegistry.Shared.Get<LearnerDescriptor>("bias").Create(new BiasOptions(), [new BiasLearner(new BiasOptions())]));
    }

    private static EnsembleLearner Ratings(double holdOut, bool clip = true) => new(
        new EnsembleOptions { HoldOut = holdOut, ClipToLabelRange = clip },
        [
            new BiasLearner(new BiasOptions { ClipToLabelRange = clip }),
            new MatrixFactorizationLearner(new MatrixFactorizationOptions
            {
                ApproximationRank = 4, NumberOfIterations = 20, ClipToLabelRange = clip,
            }),
        ]);

    private static double[] Gaussians(SeededRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
}
