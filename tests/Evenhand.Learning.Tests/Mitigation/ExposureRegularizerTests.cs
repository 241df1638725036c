using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Mitigations.In.ExposureRegularizer;
using Evenhand.Learning.Mitigations.In.GroupNegativeSampling;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.Learning.Recommendation.ImplicitAlternatingLeastSquares;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class ExposureRegularizerTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(2) };

    [TestMethod]
    [DataRow(ImplicitSolver.Cholesky)]
    [DataRow(ImplicitSolver.ConjugateGradient)]
    [DataRow(ImplicitSolver.BlockCoordinateDescent)]
    public void Fit_MoreWeight_GivesTheRareGroupMoreExposure(ImplicitSolver solver)
    {
        OverSeeds.AssertPositive(seeds =>
        {
            var shares = Array.ConvertAll(
                (double[])[0, 1, 30],
                weight => PopularityGap.LocalShare(PopularityGap.Fit(Make(solver), With(weight), seeds: seeds)));
            return [shares[1] - shares[0], shares[2] - shares[1], shares[2] - (1.5 * shares[0])];
        });
    }

    [TestMethod]
    [DataRow(ImplicitSolver.Cholesky)]
    [DataRow(ImplicitSolver.ConjugateGradient)]
    [DataRow(ImplicitSolver.BlockCoordinateDescent)]
    public void Fit_WeightZero_GivesTheSameBits(ImplicitSolver solver) => CollectionAssert.AreEqual(
        PopularityGap.Scores(PopularityGap.Fit(Make(solver), null)),
        PopularityGap.Scores(PopularityGap.Fit(Make(solver), With(0))));

    [TestMethod]
    [DataRow(ImplicitSolver.Cholesky)]
    [DataRow(ImplicitSolver.ConjugateGradient)]
    [DataRow(ImplicitSolver.BlockCoordinateDescent)]
    public void Fit_AnyNumberOfThreads_GivesTheSameModel(ImplicitSolver solver) => CollectionAssert.AreEqual(
        PopularityGap.Scores(PopularityGap.Fit(Make(solver), With(5))),
        PopularityGap.Scores(PopularityGap.Fit(Make(solver), With(5), threads: 3)));

    [TestMethod]
    [DataRow(ImplicitSolver.Cholesky, 0.5, false)]
    [DataRow(ImplicitSolver.Cholesky, 50.0, false)]
    [DataRow(ImplicitSolver.Cholesky, 50.0, true)]
    [DataRow(ImplicitSolver.ConjugateGradient, 50.0, false)]
    [DataRow(ImplicitSolver.BlockCoordinateDescent, 50.0, false)]
    [DataRow(ImplicitSolver.BlockCoordinateDescent, 50.0, true)]
    public void Improve_EachHalfStep_LowersTheObjective(ImplicitSolver solver, double weight, bool nonNegative)
    {
        var fit = new Setting(solver, weight, nonNegative);
        var last = fit.Objective();
        for (var iteration = 0; iteration < 8; iteration++)
        {
            fit.ImproveItems();
            var between = fit.Objective();
            fit.ImproveUsers();
            var after = fit.Objective();
            Assert.IsLessThanOrEqualTo(last * (1 + 1e-6), between);
            Assert.IsLessThanOrEqualTo(between * (1 + 1e-6), after);
            last = after;
        }
    }

    [TestMethod]
    public void Improve_Users_EndsWhereTheObjectiveIsFlat()
    {
        var fit = new Setting(ImplicitSolver.Cholesky, 3, nonNegative: false);
        fit.ImproveItems();
        fit.ImproveUsers();
        fit.AssertFlat(fit.Users);
    }

    [TestMethod]
    public void Improve_ItemsTimeAndAgain_EndsWhereTheObjectiveIsFlat()
    {
        // Each half step minimizes a bound; what it converges to is a minimum of the objective itself.
        var fit = new Setting(ImplicitSolver.Cholesky, 3, nonNegative: false);
        fit.ImproveUsers();
        for (var step = 0; step < 60; step++)
        {
            fit.ImproveItems();
        }

        fit.AssertFlat(fit.Items);
    }

    [TestMethod]
    public void Score_FoldedInUser_HasTheScoresOfTheFit()
    {
        var data = PopularityGap.Data;
        var model = SaveAndLoad(PopularityGap.Fit(Make(ImplicitSolver.Cholesky), With(20)));
        var (fitted, folded) = (new double[model.Items.Count], new double[model.Items.Count]);
        for (var user = 0; user < 10; user++)
        {
            var items = Enumerable.Range(0, data.RowCount)
                .Where(row => data.UserColumn!.Codes[row] == user).Select(row => data.ItemColumn!.Codes[row]).ToArray();
            model.Score(user, fitted);
            model.Score(items, Array.ConvertAll(items, _ => 1.0), folded);
            for (var item = 0; item < fitted.Length; item++)
            {
                Assert.AreEqual(fitted[item], folded[item], 1e-4);
            }
        }
    }

    [TestMethod]
    public void Fit_CancelledAfterAnIteration_Stops() =>
        Assert.AreEqual(1, PopularityGap.IterationsUntilCancelled(Make(ImplicitSolver.Cholesky), With(1)));

    [TestMethod]
    [DataRow("gender", "'exposure-regularizer' needs a group of the item; 'gender' is one of the user")]
    [DataRow("orign", "'exposure-regularizer' needs the group 'orign'")]
    public void Fit_GroupThatItCannotUse_IsRefused(string group, string expected)
    {
        var mitigation = new ExposureRegularizer(new() { ItemGroup = group, Weight = 0 });
        var message = Assert.ThrowsExactly<InputException>(
            () => PopularityGap.Fit(Make(ImplicitSolver.Cholesky), mitigation)).Message;
        Assert.Contains(expected, message);
    }

    [TestMethod]
    public void Supports_MitigationOfAnotherLearner_IsFalse() =>
        Assert.IsFalse(Make(ImplicitSolver.Cholesky).Supports(new GroupNegativeSampling(new())));

    private static ImplicitAlternatingLeastSquaresModel SaveAndLoad(Model model)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "fair.model");
            ModelFile.Save(model, path);
            return (ImplicitAlternatingLeastSquaresModel)ModelFile.Load(path, TestRegistry.Shared);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ImplicitAlternatingLeastSquaresLearner Make(ImplicitSolver solver) =>
        new(new() { ApproximationRank = 12, NumberOfIterations = 10, Solver = solver, BlockSize = 8 });

    private static ExposureRegularizer With(double weight) =>
        new(new() { ItemGroup = PopularityGap.ItemGroup, Weight = weight });

    /// <summary>The parts of a fit, and its objective by definition, over all pairs and in doubles.</summary>
    private sealed class Setting
    {
        private readonly ImplicitAlternatingLeastSquaresOptions _options;
        private readonly ObservedPairs _byUser;
        private readonly ObservedPairs _byItem;
        private readonly FrequencyRegularization _ridges;
        private readonly GroupMeanPenalty _penalty;

        public Setting(ImplicitSolver solver, double weight, bool nonNegative)
        {
            _options = new() { ApproximationRank = 12, Solver = solver, BlockSize = 8, NonNegative = nonNegative };
            var data = LearningSamples.Ratings(30, 25, 300, new SeedTree(4));
            var rows = Interactions.Of(data, "ials", needsLabel: false);
            var users = Renumbering.Of(rows.UserCodes, 30, new SeedTree(1));
            var items = Renumbering.Of(rows.ItemCodes, 25, new SeedTree(2));
            _byUser = ObservedPairs.Of(rows, users, items, ofItems: false, CancellationToken.None);
            _byItem = ObservedPairs.Of(rows, users, items, ofItems: true, CancellationToken.None);
            _ridges = FrequencyRegularization.Of(_byUser, users.Count, _byItem, items.Count, _options);
            Users = new FactorTable(users.Count, 12);
            Items = new FactorTable(items.Count, 12);
            Users.FillGaussian(new SeededRandom(1), 0, 0.3, nonNegative);
            Items.FillGaussian(new SeededRandom(2), 0.2, 0.3, nonNegative);

            // Groups of 8, 12 and 2 items, one without items, and 3 items of unknown group.
            var groups = Enumerable.Range(0, items.Count)
                .Select(item => item < 8 ? 0 : item < 20 ? 1 : item < 22 ? 3 : -1).ToArray();
            _penalty = new GroupMeanPenalty(groups, 4, weight);
        }

        public FactorTable Users { get; }

        public FactorTable Items { get; }

        private GroupDeviations Deviations => new(_penalty, Items, CancellationToken.None);

        public void ImproveItems() =>
            ImplicitHalfStep.Improve(Items, Users, _byItem, _ridges, _options, Context, ofTable: Deviations);

        public void ImproveUsers() =>
            ImplicitHalfStep.Improve(Users, Items, _byUser, _ridges, _options, Context, Deviations.Directions);

        /// <summary>By central differences in every factor of a table.</summary>
        public void AssertFlat(FactorTable table)
        {
            for (var row = 0; row < table.Rows; row++)
            {
                for (var factor = 0; factor < table.Rank; factor++)
                {
                    var value = table[row][factor];
                    var (above, below) = (value + 0.01f, value - 0.01f);
                    table[row][factor] = above;
                    var high = Objective();
                    table[row][factor] = below;
                    var low = Objective();
                    table[row][factor] = value;
                    Assert.AreEqual(0, (high - low) / (above - below), 4e-3);
                }
            }
        }

        public double Objective()
        {
            var sum = 0.0;
            for (var user = 0; user < Users.Rows; user++)
            {
                var scores = Enumerable.Range(0, Items.Rows).Select(item => Score(user, item)).ToArray();
                sum += _ridges.Ridge(_byUser.WeightsOf(user), Items.Rows, _options) * Squares(Users, user);
                sum += _options.Alpha * scores.Sum(score => score * score);
                var partners = _byUser.PartnersOf(user);
                for (var i = 0; i < partners.Length; i++)
                {
                    var error = 1 - scores[partners[i]];
                    sum += _byUser.WeightsOf(user)[i] * error * error;
                }

                var known = Enumerable.Range(0, Items.Rows).Where(item => _penalty.GroupOfItem[item] >= 0).ToArray();
                var mean = known.Average(item => scores[item]);
                sum += _options.Alpha * _penalty.Weight * known.GroupBy(item => _penalty.GroupOfItem[item])
                    .Sum(group => group.Count() * Math.Pow(group.Average(item => scores[item]) - mean, 2));
            }

            for (var item = 0; item < Items.Rows; item++)
            {
                sum += _ridges.Ridge(_byItem.WeightsOf(item), Users.Rows, _options) * Squares(Items, item);
            }

            return sum;
        }

        private double Score(int user, int item)
        {
            var sum = 0.0;
            for (var factor = 0; factor < Users.Rank; factor++)
            {
                sum += (double)Users[user][factor] * Items[item][factor];
            }

            return sum;
        }

        private static double Squares(FactorTable table, int row) =>
            table[row].ToArray().Sum(factor => (double)factor * factor);
    }
}
