using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Recommendation.AlternatingLeastSquares;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class AlternatingLeastSquaresTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(2) };

    // Factors of three partners with their biases behind, weights and ratings of one owner.
    private static readonly float[][] Held = [[0.5f, -1, 0.1f], [1.5f, 0.25f, -0.2f], [-0.75f, 2, 0.3f]];
    private static readonly float[] Weights = [1, 2, 0.5f];

    // numpy 1.24.2: F = [Q 1]; linalg.solve(F.T @ (w[:, None] * F) + .1 * 3.5 * eye(3), F.T @ (w * (r - bias))),
    // without the ones and the biases in the second row. scipy 1.10.1, optimize.nnls on the same equations in the last.
    [TestMethod]
    [DataRow(true, false, 1.0, new[] { -0.49175196457694503, -0.3446622851727769, 0.703650917373855 })]
    [DataRow(false, false, 1.0, new[] { -0.19012694890708767, -0.17124128761253057 })]
    [DataRow(false, true, -1.0, new[] { 0.0, 0.5467625899280573 })]
    public void Solve_OneOwner_EqualsNumpy(bool biases, bool nonNegative, double sign, double[] expected)
    {
        var options = new AlternatingLeastSquaresOptions
        {
            ApproximationRank = 2,
            Lambda = 0.1,
            Biases = biases,
            NonNegative = nonNegative,
        };
        var held = new FactorTable(3, biases ? 3 : 2);
        for (var row = 0; row < 3; row++)
        {
            Held[row].AsSpan(0, held.Rank).CopyTo(held[row]);
        }

        var own = new float[held.Rank];
        AlternatingHalfStep.Solve(
            new NormalEquations(held.Stride),
            own,
            held,
            [0, 1, 2],
            Weights,
            [(float)(sign * 1.2), -0.4f, 0.9f],
            options,
            CancellationToken.None);
        for (var factor = 0; factor < expected.Length; factor++)
        {
            Assert.AreEqual(expected[factor], own[factor], 1e-5);
        }
    }

    [TestMethod]
    public void Fit_NoiselessLowRankMatrix_RecoversTheHiddenHalf()
    {
        var random = new SeededRandom(11);
        var p = Enumerable.Range(0, 160).Select(_ => random.NextGaussian()).ToArray();
        var q = Enumerable.Range(0, 120).Select(_ => random.NextGaussian()).ToArray();
        double Rating(int cell)
        {
            var (user, item) = (2 * (cell / 60), 2 * (cell % 60));
            return 3 + p[user] + (p[user] * q[item]) + (p[user + 1] * q[item + 1]);
        }

        Dataset Part(int[] part) => LearningSamples.Ratings(
            LearningSamples.Names("u", 80),
            LearningSamples.Names("i", 60),
            Array.ConvertAll(part, c => c / 60),
            Array.ConvertAll(part, c => c % 60),
            Array.ConvertAll(part, Rating));

        var cells = random.NextPermutation(80 * 60);
        var hidden = cells[2400..];
        var model = Fit(
            Part(cells[..2400]),
            new() { ApproximationRank = 4, NumberOfIterations = 40, Lambda = 1e-4, ClipToLabelRange = false });
        var error = Math.Sqrt(hidden.Zip(Values(model, Part(hidden)), (c, r) => Math.Pow(Rating(c) - r, 2)).Average());
        Assert.IsLessThan(0.02, error);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_NonNegative_HasNoNegativeFactor(bool biases)
    {
        var data = LearningSamples.Ratings(30, 20, 300, new SeedTree(4));
        var model = Fit(data, new() { NonNegative = true, Biases = biases, ApproximationRank = 5 });
        for (var code = 0; code < 20; code++)
        {
            Assert.IsTrue(model.ItemSide.FactorsOf(code).ToArray().All(f => f >= 0));
            Assert.IsTrue(model.UserSide.FactorsOf(code).ToArray().All(f => f >= 0));
        }
    }

    [TestMethod]
    public void Fit_TwoThreads_GivesTheModelOfOne()
    {
        var data = LearningSamples.Ratings(300, 200, 5_000, new SeedTree(4));
        var learner = new AlternatingLeastSquaresLearner(new() { ApproximationRank = 10, NumberOfIterations = 3 });
        CollectionAssert.AreEqual(
            Values(learner.Fit(data, Context), data), Values(learner.Fit(data, Context with { Threads = 2 }), data));
    }

    [TestMethod]
    public void Fit_RowTwice_WeighsTwo()
    {
        var data = LearningSamples.Ratings(10, 12, 60, new SeedTree(5));
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        var weighted = LearningSamples.Ratings(
            data.UserColumn!.Vocabulary,
            data.ItemColumn!.Vocabulary,
            data.UserColumn.Codes.ToArray(),
            data.ItemColumn.Codes.ToArray(),
            labels,
            [.. Enumerable.Range(0, 60).Select(row => row < 20 ? 2.0 : 1.0)]);
        int[] repeated = [.. Enumerable.Range(0, 60), .. Enumerable.Range(0, 20)];
        var options = new AlternatingLeastSquaresOptions { ApproximationRank = 4, NumberOfIterations = 5 };
        var expected = Values(Fit(data.Select(repeated), options), data);
        var actual = Values(Fit(weighted, options), data);
        for (var row = 0; row < 60; row++)
        {
            Assert.AreEqual(expected[row], actual[row], 1e-3);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Score_HistoryOfATrainingUser_ScoresAsTheModelDoes(bool biases)
    {
        var random = new SeededRandom(3);
        var cells = random.NextPermutation(20 * 15)[..120];
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 20),
            LearningSamples.Names("i", 15),
            Array.ConvertAll(cells, c => c / 15),
            Array.ConvertAll(cells, c => c % 15),
            Array.ConvertAll(cells, c => 1.0 + ((c * 7) % 5)));
        var model = Fit(data, new() { ApproximationRank = 4, Biases = biases });
        var labels = ((NumericColumn)data.Label!).Values.ToArray();
        for (var user = 0; user < 20; user++)
        {
            var rows = Enumerable.Range(0, cells.Length).Where(row => cells[row] / 15 == user)
                .OrderBy(row => cells[row]).ToArray();
            if (rows.Length == 0)
            {
                continue;
            }

            var (expected, actual) = (new double[15], new double[15]);
            model.Score(user, expected);
            model.Score(
                Array.ConvertAll(rows, row => cells[row] % 15), Array.ConvertAll(rows, row => labels[row]), actual);
            for (var item = 0; item < 15; item++)
            {
                Assert.AreEqual(expected[item], actual[item], 1e-4);
            }
        }
    }

    [TestMethod]
    public void Score_ChoicesWithoutRatingsOrOutOfOrder_Throws()
    {
        var model = Fit(LearningSamples.Ratings(10, 12, 60, new SeedTree(5)), new() { ApproximationRank = 4 });
        var scores = new double[12];
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([1, 2], [], scores));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([2, 1], [3, 4], scores));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([12], [3], scores));
        Assert.ThrowsExactly<ArgumentException>(() => model.Score([1], [3], new double[11]));
    }

    private static AlternatingLeastSquaresModel Fit(Dataset data, AlternatingLeastSquaresOptions options) =>
        (AlternatingLeastSquaresModel)new AlternatingLeastSquaresLearner(options).Fit(data, Context);

    private static double[] Values(Model model, Dataset data) => ((RatingPredictions)model.Predict(data)).Values;
}
