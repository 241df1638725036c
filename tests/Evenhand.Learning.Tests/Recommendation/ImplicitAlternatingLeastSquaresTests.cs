using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class ImplicitAlternatingLeastSquaresTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(2) };
    private static readonly Dataset Data = LearningSamples.Ratings(30, 25, 300, new SeedTree(4));

    [TestMethod]
    public void Improve_OneOwner_EqualsNumpy()
    {
        // numpy 1.24.2: S = Q[[0, 2]]; linalg.solve(S.T @ (w[:, None] * S) + .3 * Q.T @ Q + .7 * eye(2), S.T @ w)
        var held = new FactorTable(3, 2);
        (held[0][0], held[0][1]) = (0.5f, -1);
        (held[1][0], held[1][1]) = (1.5f, 0.25f);
        (held[2][0], held[2][1]) = (-0.75f, 2);
        var gram = GramMatrix.Of(held, 1, CancellationToken.None);
        foreach (var solver in Enum.GetValues<ImplicitSolver>())
        {
            var options = new ImplicitAlternatingLeastSquaresOptions { Alpha = 0.3, Solver = solver };
            var own = new float[held.Stride];
            ImplicitRowSolver.Of(held, gram, options)
                .Improve(own, [0, 2], [1, 2.5f], new OwnerTerms(0.7f, 0.3f, []), CancellationToken.None);
            Assert.AreEqual(0.037137246672262904, own[0], 1e-6, $"{solver}");
            Assert.AreEqual(0.31591018107686775, own[1], 1e-6, $"{solver}");
        }
    }

    [TestMethod]
    [DataRow(ImplicitSolver.Cholesky, 1.0)]
    [DataRow(ImplicitSolver.Cholesky, 0.4)]
    [DataRow(ImplicitSolver.ConjugateGradient, 1.0)]
    [DataRow(ImplicitSolver.BlockCoordinateDescent, 0.4)]
    public void Improve_HalfStep_EndsWhereTheObjectiveIsFlat(ImplicitSolver solver, double nu)
    {
        var options = new ImplicitAlternatingLeastSquaresOptions
        {
            ApproximationRank = 12,
            Nu = nu,
            Solver = solver,
            ConjugateGradientSteps = 50,
            BlockSize = 8,
        };
        var fit = new Setting(options);
        ImplicitHalfStep.Improve(fit.Items, fit.Users, fit.ByItem, fit.Ridges, options, Context);

        // One sweep over blocks is not yet the minimum.
        for (var sweep = 0; sweep < (solver == ImplicitSolver.BlockCoordinateDescent ? 300 : 1); sweep++)
        {
            ImplicitHalfStep.Improve(fit.Users, fit.Items, fit.ByUser, fit.Ridges, options, Context);
        }

        for (var user = 0; user < fit.Users.Rows; user++)
        {
            for (var factor = 0; factor < options.ApproximationRank; factor++)
            {
                Assert.AreEqual(0, fit.SlopeOfUser(user, factor), 1e-3);
            }
        }
    }

    [TestMethod]
    public void Improve_NonNegative_EndsWhereNoAllowedMoveHelps()
    {
        foreach (var solver in (ImplicitSolver[])[ImplicitSolver.Cholesky, ImplicitSolver.BlockCoordinateDescent])
        {
            var options = new ImplicitAlternatingLeastSquaresOptions
            {
                ApproximationRank = 12,
                Solver = solver,
                BlockSize = 8,
                NonNegative = true,
            };
            var fit = new Setting(options);
            ImplicitHalfStep.Improve(fit.Items, fit.Users, fit.ByItem, fit.Ridges, options, Context);
            for (var sweep = 0; sweep < 60; sweep++)
            {
                ImplicitHalfStep.Improve(fit.Users, fit.Items, fit.ByUser, fit.Ridges, options, Context);
            }

            for (var user = 0; user < fit.Users.Rows; user++)
            {
                for (var factor = 0; factor < options.ApproximationRank; factor++)
                {
                    var slope = fit.SlopeOfUser(user, factor);
                    var value = fit.Users[user][factor];
                    Assert.IsGreaterThanOrEqualTo(0f, value);
                    Assert.IsTrue(value > 0 ? Math.Abs(slope) < 2e-3 : slope > -2e-3, $"{value} {slope}");
                }
            }
        }
    }

    [TestMethod]
    public void Fit_BlockOfAllFactors_EqualsCholesky()
    {
        var options = new ImplicitAlternatingLeastSquaresOptions { ApproximationRank = 20, NumberOfIterations = 4 };
        AssertEqualScores(
            Fit(options), Fit(options with { Solver = ImplicitSolver.BlockCoordinateDescent, BlockSize = 20 }), 1e-4);
    }

    [TestMethod]
    public void Fit_ConjugateGradientOfManySteps_ConvergesToCholesky()
    {
        var options = new ImplicitAlternatingLeastSquaresOptions { ApproximationRank = 20, NumberOfIterations = 4 };
        AssertEqualScores(
            Fit(options),
            Fit(options with { Solver = ImplicitSolver.ConjugateGradient, ConjugateGradientSteps = 60 }),
            1e-3);
    }

    [TestMethod]
    [DataRow(ImplicitSolver.ConjugateGradient)]
    [DataRow(ImplicitSolver.BlockCoordinateDescent)]
    public void Improve_EachHalfStep_LowersTheObjective(ImplicitSolver solver)
    {
        var options = new ImplicitAlternatingLeastSquaresOptions
        {
            ApproximationRank = 20,
            Solver = solver,
            BlockSize = 8,
        };
        var fit = new Setting(options);
        var last = fit.Objective();
        for (var iteration = 0; iteration < 8; iteration++)
        {
            ImplicitHalfStep.Improve(fit.Items, fit.Users, fit.ByItem, fit.Ridges, options, Context);
            var between = fit.Objective();
            ImplicitHalfStep.Improve(fit.Users, fit.Items, fit.ByUser, fit.Ridges, options, Context);
            var after = fit.Objective();
            Assert.IsLessThanOrEqualTo(last * (1 + 1e-6), between);
            Assert.IsLessThanOrEqualTo(between * (1 + 1e-6), after);
            last = after;
        }
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.5)]
    [DataRow(1.0)]
    public void Regularization_AnyExponent_KeepsItsSum(double nu)
    {
        var options = new ImplicitAlternatingLeastSquaresOptions { Alpha = 0.3, Lambda = 0.07, Nu = nu };
        var fit = new Setting(options);

        // lambda sum f: each row counts once on both sides, each pair of a user and an item alpha on both sides.
        var expected = 0.07 * 2 * (Data.RowCount + (0.3 * fit.Users.Rows * fit.Items.Rows));
        var sum = 0.0;
        for (var user = 0; user < fit.Users.Rows; user++)
        {
            sum += fit.Ridges.Ridge(fit.ByUser.WeightsOf(user), fit.Items.Rows, options);
        }

        for (var item = 0; item < fit.Items.Rows; item++)
        {
            sum += fit.Ridges.Ridge(fit.ByItem.WeightsOf(item), fit.Users.Rows, options);
        }

        Assert.AreEqual(expected, sum, 1e-3);
    }

    [TestMethod]
    [DataRow(ImplicitSolver.Cholesky)]
    [DataRow(ImplicitSolver.ConjugateGradient)]
    [DataRow(ImplicitSolver.BlockCoordinateDescent)]
    public void Fit_TwoThreads_GivesTheModelOfOne(ImplicitSolver solver)
    {
        var data = LearningSamples.Ratings(300, 200, 5_000, new SeedTree(4));
        var learner = new ImplicitAlternatingLeastSquaresLearner(
            new() { ApproximationRank = 20, NumberOfIterations = 3, Solver = solver, BlockSize = 8 });
        CollectionAssert.AreEqual(
            ((ScorePredictions)learner.Fit(data, Context).Predict(data)).Values,
            ((ScorePredictions)learner.Fit(data, Context with { Threads = 2 }).Predict(data)).Values);
    }

    [TestMethod]
    public void Score_HistoryOfATrainingUser_ScoresAsTheModelDoes()
    {
        var cells = new SeededRandom(3).NextPermutation(20 * 15)[..120];
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 20),
            LearningSamples.Names("i", 15),
            Array.ConvertAll(cells, c => c / 15),
            Array.ConvertAll(cells, c => c % 15),
            Array.ConvertAll(cells, _ => 1.0));
        var model = (ImplicitAlternatingLeastSquaresModel)new ImplicitAlternatingLeastSquaresLearner(
            new() { ApproximationRank = 6, Nu = 0.7 }).Fit(data, Context);
        for (var user = 0; user < 20; user++)
        {
            var items = cells.Where(cell => cell / 15 == user).Select(cell => cell % 15).Order().ToArray();
            if (items.Length == 0)
            {
                continue;
            }

            var (expected, actual) = (new double[15], new double[15]);
            model.Score(user, expected);
            model.Score(items, [], actual);
            for (var item = 0; item < 15; item++)
            {
                Assert.AreEqual(expected[item], actual[item], 1e-5);
            }
        }
    }

    [TestMethod]
    public void Score_UserWithoutChoices_ScoresZero()
    {
        var scores = new double[25];
        Fit(new() { ApproximationRank = 6 }).Score([], [], scores);
        Assert.IsTrue(scores.All(score => score == 0));
    }

    [TestMethod]
    public void Validate_NonNegativeByConjugateGradient_NamesBoth()
    {
        var options = new ImplicitAlternatingLeastSquaresOptions
        {
            NonNegative = true,
            Solver = ImplicitSolver.ConjugateGradient,
        };
        var message = Assert.ThrowsExactly<InputException>(options.Validate).Message;
        Assert.Contains("solver is ConjugateGradient", message);
        Assert.Contains("nonNegative", message);
    }

    private static ImplicitAlternatingLeastSquaresModel Fit(ImplicitAlternatingLeastSquaresOptions options) =>
        (ImplicitAlternatingLeastSquaresModel)new ImplicitAlternatingLeastSquaresLearner(options).Fit(Data, Context);

    private static void AssertEqualScores(RecommenderModel expected, RecommenderModel actual, double tolerance)
    {
        var (first, second) = (new double[25], new double[25]);
        for (var user = 0; user < 30; user++)
        {
            expected.Score(user, first);
            actual.Score(user, second);
            for (var item = 0; item < 25; item++)
            {
                Assert.AreEqual(first[item], second[item], tolerance);
            }
        }
    }

    /// <summary>The parts of a fit, and its objective by definition, over all pairs and in doubles.</summary>
    private sealed class Setting
    {
        private readonly ImplicitAlternatingLeastSquaresOptions _options;

        public Setting(ImplicitAlternatingLeastSquaresOptions options)
        {
            _options = options;
            var rows = Interactions.Of(Data, "ials", needsLabel: false);
            var users = Renumbering.Of(rows.UserCodes, 30, new SeedTree(1));
            var items = Renumbering.Of(rows.ItemCodes, 25, new SeedTree(2));
            ByUser = ObservedPairs.Of(rows, users, items, ofItems: false, CancellationToken.None);
            ByItem = ObservedPairs.Of(rows, users, items, ofItems: true, CancellationToken.None);
            Users = new FactorTable(users.Count, options.ApproximationRank);
            Items = new FactorTable(items.Count, options.ApproximationRank);
            Users.FillGaussian(new SeededRandom(1), 0, 0.3, options.NonNegative);
            Items.FillGaussian(new SeededRandom(2), 0, 0.3, options.NonNegative);
            Ridges = FrequencyRegularization.Of(ByUser, users.Count, ByItem, items.Count, options);
        }

        public ObservedPairs ByUser { get; }

        public ObservedPairs ByItem { get; }

        public FactorTable Users { get; }

        public FactorTable Items { get; }

        public FrequencyRegularization Ridges { get; }

        public double Objective()
        {
            var sum = 0.0;
            for (var user = 0; user < Users.Rows; user++)
            {
                sum += OfUser(user, 0, 0);
            }

            for (var item = 0; item < Items.Rows; item++)
            {
                sum += Ridges.Ridge(ByItem.WeightsOf(item), Users.Rows, _options) * Squares(Items[item]);
            }

            return sum;
        }

        /// <summary>Slope of the objective in one factor of a user, by central difference.</summary>
        public double SlopeOfUser(int user, int factor) =>
            (OfUser(user, factor, 1e-4) - OfUser(user, factor, -1e-4)) / 2e-4;

        // The terms in which a user takes part, with one factor changed.
        private double OfUser(int user, int factor, double change)
        {
            var own = Array.ConvertAll(Users[user].ToArray(), f => (double)f);
            own[factor] += change;
            var partners = ByUser.PartnersOf(user).ToArray();
            var sum = Ridges.Ridge(ByUser.WeightsOf(user), Items.Rows, _options) * own.Sum(f => f * f);
            for (var item = 0; item < Items.Rows; item++)
            {
                var score = own.Select((f, index) => f * Items[item][index]).Sum();
                var place = Array.IndexOf(partners, item);
                sum += _options.Alpha * score * score;
                sum += place < 0 ? 0 : ByUser.WeightsOf(user)[place] * (1 - score) * (1 - score);
            }

            return sum;
        }

        private static double Squares(ReadOnlySpan<float> row)
        {
            var sum = 0.0;
            foreach (var factor in row)
            {
                sum += (double)factor * factor;
            }

            return sum;
        }
    }
}
