using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Features;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.FactorizationMachine;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;
using static Evenhand.Learning.Tests.Recommendation.FactorizationMachineSamples;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class FactorizationMachineTests
{
    private const int Rank = 5;

    private static readonly FitContext Context = new() { Seeds = new SeedTree(7) };

    private static readonly FactorizationMachineOptions Both = new()
    {
        ApproximationRank = Rank,
        UseItemsOfUser = true,
        UseUsersOfItem = true,
        ClipToLabelRange = false,
    };

    [TestMethod]
    public void Predict_RandomParameters_IsTheDoubleSumOverPairsOfFeatures()
    {
        var data = Described(9, 7, 60);
        var parts = FactorizationMachineData.Of(data, Both, needsLabel: true);
        var random = new SeededRandom(3);
        var (users, userWeights) = Parameters(parts.Users, random);
        var (items, itemWeights) = Parameters(parts.Items, random);
        var model = new FactorizationMachineModel(
            Both,
            data.UserColumn!.Vocabulary,
            data.ItemColumn!.Vocabulary,
            new LabelScale(0, 1, 0, 1),
            0.25,
            FeatureFactors.Of(data, GroupSide.User, parts.Users, 9, users, userWeights),
            FeatureFactors.Of(data, GroupSide.Item, parts.Items, 7, items, itemWeights));
        var predicted = ((RatingPredictions)model.Predict(data)).Values;
        for (var row = 0; row < data.RowCount; row++)
        {
            var features = new List<(double X, double Weight, double[] Factors)>();
            Collect(parts.Users, parts.UserNumbers[row], users, userWeights, features);
            Collect(parts.Items, parts.ItemNumbers[row], items, itemWeights, features);
            var sum = 0.25 + features.Sum(feature => feature.X * feature.Weight);
            for (var i = 0; i < features.Count; i++)
            {
                for (var j = i + 1; j < features.Count; j++)
                {
                    sum += features[i].X * features[j].X
                        * features[i].Factors.Zip(features[j].Factors, (a, b) => a * b).Sum();
                }
            }

            Assert.AreEqual(sum, predicted[row], 1e-4);
        }
    }

    [TestMethod]
    public void RenewFactor_Slopes_AreFiniteDifferencesOfTheSquaredError()
    {
        var data = Described(6, 5, 30);
        var parts = FactorizationMachineData.Of(data, Both, needsLabel: true);
        var weights = Enumerable.Range(0, data.RowCount).Select(row => 0.5 + (row % 3)).ToArray();
        var random = new SeededRandom(5);
        var users = Gaussians(random, parts.Users.Features.ColumnCount);
        var items = Gaussians(random, parts.Items.Features.ColumnCount);
        var labels = Gaussians(random, data.RowCount);
        double[] Errors(double[] factor) =>
            [.. labels.Select((label, row) => label - OneFactor(parts, row, factor, items))];
        double Squares(double[] factor) => Errors(factor).Zip(weights, (error, weight) => weight * error * error).Sum();

        var kernel = new FactorizationMachineKernel(
            parts.Users, new SideRows(parts.UserNumbers, parts.ItemNumbers, weights, parts.Users.Count), Context);
        var watched = new Watched(users.Length, step: 0);
        kernel.RenewFactor(Errors(users), users, Sums(parts.Users, users), Sums(parts.Items, items), watched);
        const double H = 1e-4;
        for (var feature = 0; feature < users.Length; feature++)
        {
            var (up, down) = ((double[])users.Clone(), (double[])users.Clone());
            up[feature] += H;
            down[feature] -= H;
            Assert.AreEqual((Squares(down) - Squares(up)) / (4 * H), watched.Slopes[feature], 1e-5);
            Assert.AreEqual(
                (Squares(up) + Squares(down) - (2 * Squares(users))) / (2 * H * H), watched.Curvatures[feature], 1e-4);
        }
    }

    [TestMethod]
    public void RenewFactor_ParametersMove_ErrorsAndSumsFollow()
    {
        var data = Described(8, 6, 50);
        var parts = FactorizationMachineData.Of(data, Both, needsLabel: true);
        var random = new SeededRandom(6);
        var users = Gaussians(random, parts.Users.Features.ColumnCount);
        var items = Gaussians(random, parts.Items.Features.ColumnCount);
        var labels = Gaussians(random, data.RowCount);
        var errors = labels.Select((label, row) => label - OneFactor(parts, row, users, items)).ToArray();
        var sums = Sums(parts.Items, items);
        new FactorizationMachineKernel(
                parts.Items, new SideRows(parts.ItemNumbers, parts.UserNumbers, null, parts.Items.Count), Context)
            .RenewFactor(errors, items, sums, Sums(parts.Users, users), new Watched(items.Length, step: 0.3));
        for (var row = 0; row < errors.Length; row++)
        {
            Assert.AreEqual(labels[row] - OneFactor(parts, row, users, items), errors[row], 1e-9);
        }

        Assert.AreEqual(0, sums.Zip(Sums(parts.Items, items), (a, b) => Math.Abs(a - b)).Max(), 1e-9);
    }

    [TestMethod]
    public void Descend_OnePair_FollowsTheFiniteDifferencesOfTheLoss()
    {
        var data = Described(6, 5, 30);
        var parts = FactorizationMachineData.Of(data, Both, needsLabel: false);
        var fit = new PairwiseFit(parts.Users, parts.Items, Both, new SeedTree(4));
        for (var feature = 0; feature < fit.ItemWeights.Length; feature++)
        {
            fit.ItemWeights[feature] = 0.1 * (feature % 4);
        }

        var (users, items) = (Copy(fit.UserFactors), Copy(fit.ItemFactors));
        var weights = (double[])fit.ItemWeights.Clone();
        const float Step = 1e-2f;
        fit.Descend(2, 1, 3, Step);
        var (movedUsers, movedItems) = (Copy(fit.UserFactors), Copy(fit.ItemFactors));
        double Loss() => PairLoss(parts, 2, 1, 3, users, items, weights, Both.Lambda);

        foreach (var (table, moved) in new[] { (users, movedUsers), (items, movedItems) })
        {
            for (var feature = 0; feature < table.Length; feature++)
            {
                for (var f = 0; f < Rank; f++)
                {
                    Assert.AreEqual(
                        Slope(ref table[feature][f], Loss), (table[feature][f] - moved[feature][f]) / Step, 2e-3);
                }
            }
        }

        for (var feature = 0; feature < weights.Length; feature++)
        {
            Assert.AreEqual(
                Slope(ref weights[feature], Loss), (weights[feature] - fit.ItemWeights[feature]) / Step, 2e-3);
        }
    }

    [TestMethod]
    [DataRow(FactorizationMachineSolver.MarkovChainMonteCarlo)]
    [DataRow(FactorizationMachineSolver.CoordinateDescent)]
    public void Predict_UsersAndItemsWithoutRows_FollowsTheirFeatures(FactorizationMachineSolver solver)
    {
        var (train, cold) = WarmAndCold();
        var learner = new FactorizationMachineLearner(new FactorizationMachineOptions
        {
            Solver = solver,
            ApproximationRank = 4,
            NumberOfIterations = 60,
            NumberOfSamples = 10,
            Lambda = 0.01,
        });
        var without = new FactorizationMachineLearner(
            learner.Options with { UseUserFeatures = false, UseItemFeatures = false });

        // What is told apart are ratings around 2 and around 4.
        OverSeeds.AssertPositive(seeds =>
        {
            var context = Context with { Seeds = seeds };
            return [0.6 - Error(learner.Fit(train, context), cold), Error(without.Fit(train, context), cold) - 0.9];
        });

        // The same from a file of its own, whose users and items the model has never heard of.
        var model = learner.Fit(train, Context);
        var renamed = Rename(cold);
        CollectionAssert.AreEqual(Values(model, cold), Values(model, renamed));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Score_ItemsWithoutRows_RanksThemByTheirFeatures(bool areOfOtherData)
    {
        var (train, cold) = WarmAndCold();
        var labels = (NumericColumn)train.Label!;
        var liked = train.Select([.. Enumerable.Range(0, train.RowCount).Where(row => labels.Values[row] > 3)]);
        var model = (RecommenderModel)new FactorizationMachineLearner(new FactorizationMachineOptions
        {
            LossFunction = FactorizationMachineLoss.BayesianPersonalizedRanking,
            ApproximationRank = 4,
            NumberOfIterations = 30,
            Lambda = 0.001,
        }).Fit(liked, Context);
        if (areOfOtherData)
        {
            cold = Rename(cold);
            model = model.Knowing(cold);
        }

        var truth = (NumericColumn)cold.Label!;
        var (right, pairs) = (0, 0);
        var scores = new double[model.Items.Count];
        foreach (var user in cold.UserColumn!.Codes.ToArray().Distinct())
        {
            model.Score(model.Users.CodeOf(cold.UserColumn.Vocabulary[user]), scores);
            var rows = Enumerable.Range(0, cold.RowCount).Where(row => cold.UserColumn.Codes[row] == user).ToArray();
            foreach (var high in rows.Where(row => truth.Values[row] > 3))
            {
                foreach (var low in rows.Where(row => truth.Values[row] < 3))
                {
                    pairs++;
                    right += scores[Item(high)] > scores[Item(low)] ? 1 : 0;
                }
            }
        }

        int Item(int row) => model.Items.CodeOf(cold.ItemColumn!.Format(row));

        Assert.IsGreaterThan(0.95, (double)right / pairs);
    }

    [TestMethod]
    public void Fit_ColumnsWithoutTheFeatureRole_AreNotRead()
    {
        var (train, cold) = WarmAndCold();
        var plain = new Dataset("plain", train.Rows, Plain(train.Users!), Plain(train.Items!));
        var model = new FactorizationMachineLearner(new FactorizationMachineOptions
        {
            ApproximationRank = 4,
            NumberOfIterations = 40,
            NumberOfSamples = 5,
        }).Fit(plain, Context);
        Assert.IsGreaterThan(0.9, Error(model, cold));

        static Table Plain(Table table) => new(table.Columns.Select(column => column.With(roles: ColumnRoles.None)));
    }

    [TestMethod]
    public void Fit_GroupAttribute_IsUsedOnlyWhereAskedFor()
    {
        var (train, cold) = WarmAndCold();
        var column = (CategoricalColumn)train.Users!["taste"];
        var grouped = train.WithGroups([new GroupAttribute("taste", GroupSide.User, column)]);
        var options = new FactorizationMachineOptions
        {
            ApproximationRank = 4,
            NumberOfIterations = 40,
            NumberOfSamples = 5,
        };
        double Of(bool use, SeedTree seeds) => Error(
            new FactorizationMachineLearner(options with { UseGroupAttributes = use })
                .Fit(grouped, Context with { Seeds = seeds }),
            cold);
        OverSeeds.AssertPositive(seeds => [0.5 - Of(true, seeds), Of(false, seeds) - 0.9]);
    }

    [TestMethod]
    public void Tells_ColumnsThatDetermineAGroup_AreFound()
    {
        int[] all = [0, 1, 2, 3, 4, 5];
        var band = CategoricalColumn.FromValues("band", ["young", "young", "old", "old", "young", "old"]);
        bool Numbers(params double[] values) => GroupColumns.Tells(new NumericColumn("age", values), band, all);
        bool Names(params string?[] values) =>
            GroupColumns.Tells(CategoricalColumn.FromValues("zip", values), band, all);
        Assert.IsTrue(Numbers(18, 20, 40, 50, 20, double.NaN));
        Assert.IsFalse(Numbers(18, 20, 40, 50, 45, 60));
        Assert.IsFalse(Numbers(18, 20, 40, 20, 20, 60));
        Assert.IsTrue(Names("a", "a", "b", "c", "a", "b"));
        Assert.IsFalse(Names("a", "b", "b", "c", "a", "b"));

        // One of its own for every entity, as an id is.
        Assert.IsFalse(Names("a", "b", "c", "d", "e", "f"));
    }

    [TestMethod]
    [DataRow(FactorizationMachineSolver.MarkovChainMonteCarlo)]
    [DataRow(FactorizationMachineSolver.CoordinateDescent)]
    public void Fit_TwoThreads_GivesTheModelOfOne(FactorizationMachineSolver solver)
    {
        var data = LearningSamples.Ratings(900, 700, 8_000, new SeedTree(4));
        var learner = new FactorizationMachineLearner(new FactorizationMachineOptions
        {
            Solver = solver,
            ApproximationRank = 3,
            NumberOfIterations = 4,
            NumberOfSamples = 2,
        });
        CollectionAssert.AreEqual(
            Values(learner.Fit(data, Context), data), Values(learner.Fit(data, Context with { Threads = 2 }), data));
    }

    [TestMethod]
    public void Fit_WeightTwo_IsTheRowTwice()
    {
        int[] users = [0, 0, 1, 1, 2, 2];
        int[] items = [0, 1, 0, 2, 1, 2];
        double[] ratings = [1, 4, 2, 5, 3, 1];
        var (u, i) = (LearningSamples.Names("u", 3), LearningSamples.Names("i", 3));
        var weighted = LearningSamples.Ratings(u, i, users, items, ratings, [2, 1, 1, 1, 1, 1]);
        var twice = LearningSamples.Ratings(u, i, [.. users, 0], [.. items, 0], [.. ratings, 1]);
        var learner = new FactorizationMachineLearner(new FactorizationMachineOptions
        {
            Solver = FactorizationMachineSolver.CoordinateDescent,
            ApproximationRank = 2,
            NumberOfIterations = 20,
        });
        var first = Values(learner.Fit(weighted, Context), weighted);
        var second = Values(learner.Fit(twice, Context), weighted);
        for (var row = 0; row < first.Length; row++)
        {
            Assert.AreEqual(first[row], second[row], 1e-5);
        }
    }

    [TestMethod]
    public void DrawPriors_ManyParameters_FindsTheirMeanAndPrecision()
    {
        var random = new SeededRandom(8);
        var parameters = Enumerable.Range(0, 40_000).Select(_ => 1.5 + (0.5 * random.NextGaussian())).ToArray();
        var gibbs = new GibbsConditional(1, random);
        gibbs.DrawPriors(parameters, [0, parameters.Length], 2);
        gibbs.DrawPriors(parameters, [0, parameters.Length], 2);

        // A prior with precision 4 and mean 1.5: (2 (3 + 4) + 4 * 1.5) / (2 * 4 + 4) = 20 / 12, variance 1 / 12.
        var draws = Enumerable.Range(0, 40_000).Select(_ => gibbs.Renew(0, 1, 3, 4)).ToArray();
        var mean = draws.Average();
        Assert.AreEqual(20.0 / 12, mean, 0.01);
        Assert.AreEqual(1.0 / 12, draws.Average(draw => (draw - mean) * (draw - mean)), 0.003);
    }

    [TestMethod]
    [DataRow(1.0, 2.0)]
    [DataRow(7.5, 0.5)]
    public void Draw_Gamma_HasItsMeanAndVariance(double shape, double rate)
    {
        var random = new SeededRandom(2);
        var draws = Enumerable.Range(0, 100_000).Select(_ => GammaDistribution.Draw(random, shape, rate)).ToArray();
        var mean = draws.Average();
        Assert.AreEqual(1, mean / (shape / rate), 0.02);
        Assert.AreEqual(1, draws.Average(d => (d - mean) * (d - mean)) / (shape / rate / rate), 0.03);
    }

    private static (FactorTable Factors, double[] Weights) Parameters(FeatureSide side, SeededRandom random)
    {
        var table = new FactorTable(side.Features.ColumnCount, Rank);
        table.FillGaussian(random, 0, 1, nonNegative: false);
        return (table, Gaussians(random, side.Features.ColumnCount));
    }

    private static void Collect(
        FeatureSide side, int entity, FactorTable factors, double[] weights, List<(double, double, double[])> features)
    {
        var columns = side.Features.ColumnsOf(entity);
        for (var i = 0; i < columns.Length; i++)
        {
            var own = factors[columns[i]].ToArray();
            var value = side.Features.ValuesOf(entity)[i];
            features.Add((value, weights[columns[i]], Array.ConvertAll(own, f => (double)f)));
        }
    }

    private static double[] Sums(FeatureSide side, double[] factor)
    {
        var sums = new double[side.Count];
        side.Features.Multiply(factor, sums, 1, CancellationToken.None);
        return sums;
    }

    private static double[][] Copy(FactorTable table) =>
        [.. Enumerable.Range(0, table.Rows).Select(row => table[row].ToArray().Select(v => (double)v).ToArray())];

    private static double[] Gaussians(SeededRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];

    private static double[] Values(Model model, Dataset data) => ((RatingPredictions)model.Predict(data)).Values;

    private static double Error(Model model, Dataset data)
    {
        var truth = ((NumericColumn)data.Label!).Values.ToArray();
        return Math.Sqrt(Values(model, data).Zip(truth, (a, b) => (a - b) * (a - b)).Average());
    }

    private sealed class Watched(int features, double step) : IConditional
    {
        public double[] Slopes { get; } = new double[features];

        public double[] Curvatures { get; } = new double[features];

        public double Renew(int feature, double old, double slope, double curvature)
        {
            (Slopes[feature], Curvatures[feature]) = (slope, curvature);
            return old + (step * (feature % 3));
        }
    }
}
