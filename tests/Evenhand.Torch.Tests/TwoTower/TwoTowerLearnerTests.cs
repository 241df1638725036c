using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.TestKit.Learning;
using Evenhand.Torch.Encoders;
using Evenhand.Torch.TwoTower;
using TorchSharp;

namespace Evenhand.Torch.Tests.TwoTower;

[TestClass]
[DoNotParallelize]
public sealed class TwoTowerLearnerTests : TorchTest
{
    private const int Users = 60;
    private const int Items = 40;
    private const int Cold = 10;

    private static readonly FitContext Context = new() { Seeds = new SeedTree(5) };

    private static readonly TwoTowerOptions Small = new()
    {
        ApproximationRank = 8,
        NumberOfEpochs = 30,
        BatchSize = 128,
        NumberOfNegatives = 20,
    };

    public static IEnumerable<object[]> Kinds => [["genre"], ["title"], ["image"]];

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_FeaturesOfItems_TellWhoLikesNewOnes(string kind)
    {
        var market = new Market(kind);
        var with = (RecommenderModel)new TwoTowerLearner(Small).Fit(market.Train, Context);
        var without = (RecommenderModel)new TwoTowerLearner(Small with { UseItemFeatures = false })
            .Fit(market.Train, Context);

        // Of the items without a row, a user should be shown those of the taste; by chance that is one in two.
        Assert.IsGreaterThan(0.9, market.TasteOfCold(with));
        Assert.IsLessThan(0.6, market.TasteOfCold(without));

        // Predict tells items by their tables too, under names that were not there in training.
        Assert.IsGreaterThan(0.9, market.TasteOfRenamed(with));
        Assert.IsGreaterThan(0.8, market.TasteOfKnown(with));
    }

    [TestMethod]
    public void Fit_ReviewsAlone_TellItems()
    {
        // Items have no identity of their own here; what is written of them must do.
        var market = new Market("review");
        var options = Small with { IdDropout = 1, UseReviewsOfItem = true };
        Assert.IsGreaterThan(
            0.9, market.TasteOfKnown((RecommenderModel)new TwoTowerLearner(options).Fit(market.Train, Context)));
    }

    [TestMethod]
    public void Fit_WeightsTimesAConstant_ChangeNothing()
    {
        var data = LearningSamples.Ratings(20, 30, 400, new SeedTree(3));
        var options = Small with { NumberOfEpochs = 2 };
        var plain = Scores(options, Weighted(data, _ => 1));
        CollectionAssert.AreEqual(plain, Scores(options, Weighted(data, _ => 4)));
        CollectionAssert.AreNotEqual(plain, Scores(options, Weighted(data, row => 1 + (row % 3))));
    }

    [TestMethod]
    public void Fit_RowsOfLittleWeight_HardlyCount()
    {
        // All users choose both items as often; but the choices of item 0 weigh a hundredth.
        var (users, items) = (LearningSamples.Names("u", 20), LearningSamples.Names("i", 2));
        var rows = Enumerable.Range(0, 200).ToArray();
        var data = LearningSamples.Ratings(
            users,
            items,
            Array.ConvertAll(rows, row => row % 20),
            Array.ConvertAll(rows, row => row / 20 % 2),
            Array.ConvertAll(rows, _ => 1.0),
            Array.ConvertAll(rows, row => row / 20 % 2 == 0 ? 0.01 : 1));
        var scores = Scores(Small, data).Chunk(2).ToArray();
        Assert.IsTrue(scores.All(score => score[1] > score[0] + 1));
    }

    [TestMethod]
    public void Fit_ItemsThatAreAllChosenAlike_SoftmaxLearnsTheirLogShares()
    {
        // Everybody chooses the same way: 4 in 7, 2 in 7, 1 in 7. With the correction the scores become the logarithms
        // of these shares, up to a constant.
        var rows = Enumerable.Range(0, 1400).ToArray();
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 5),
            LearningSamples.Names("i", 3),
            Array.ConvertAll(rows, row => row / 7 % 5),
            Array.ConvertAll(rows, row => (row % 7) switch { < 4 => 0, < 6 => 1, _ => 2 }),
            Array.ConvertAll(rows, _ => 1.0));
        var options = Small with
        {
            NumberOfEpochs = 100,
            NumberOfNegatives = 0,
            BatchSize = 200,
            Dropout = 0,
            IdDropout = 0,
            WeightDecay = 0.3,
        };
        foreach (var user in Scores(options, data).Chunk(3))
        {
            Assert.AreEqual(Math.Log(2), user[0] - user[1], 0.15);
            Assert.AreEqual(Math.Log(2), user[1] - user[2], 0.15);
        }
    }

    [TestMethod]
    public void Run_ExportedWeights_GivesWhatTheNetworkGives()
    {
        foreach (var (layers, normalizes) in (ReadOnlySpan<(int, bool)>)[(0, false), (0, true), (2, true), (3, false)])
        {
            var options = Small with { NumberOfLayers = layers, HiddenSize = 5, NormalizeVectors = normalizes };
            using var tower = new Tower(
                7,
                options,
                new WeightInitializer(new SeededRandom(1)),
                new DropoutRandom(new SeedTree(1)));
            tower.eval();
            using var mode = torch.no_grad();
            foreach (var parameter in tower.parameters())
            {
                parameter.copy_(torch.tensor(
                    [.. Enumerable.Range(0, (int)parameter.numel()).Select(i => MathF.Sin(i + parameter.numel()))],
                    parameter.shape));
            }

            var (vectors, biases) = tower.Run(new TowerBatch([1, 3, 6, 2], [0.5f, 1, 1, -2], [0, 0, 0, 1], 2), torch.CPU);
            var (weights, vector) = (tower.Export(), new float[8]);
            AreNear([weights.Run([1, 3], [0.5f, 1], 6, 1, vector)], biases[0], 1e-5);
            AreNear(Array.ConvertAll(vector, x => (double)x), vectors[0], 1e-5);
            AreNear([weights.Run([2], [-2], -1, 1, vector)], biases[1], 1e-5);
            AreNear(Array.ConvertAll(vector, x => (double)x), vectors[1], 1e-5);
        }
    }

    private static Dataset Weighted(Dataset data, Func<int, double> weight) => data.WithRows(data.Rows.With(
        new NumericColumn(
            "weight", Enumerable.Range(0, data.RowCount).Select(weight).ToArray(), ColumnRoles.Weight)));

    private static double[] Scores(TwoTowerOptions options, Dataset data)
    {
        var model = (RecommenderModel)new TwoTowerLearner(options).Fit(data, Context);
        var scores = new double[model.Users.Count * model.Items.Count];
        for (var user = 0; user < model.Users.Count; user++)
        {
            model.Score(user, scores.AsSpan(user * model.Items.Count));
        }

        return scores;
    }

    // Users of two tastes, who choose items of their taste nine times in ten. The last items have no row.
    private sealed class Market
    {
        private readonly string _kind;

        public Market(string kind)
        {
            _kind = kind;
            var random = new SeededRandom(8);
            var (users, items) = (new int[1500], new int[1500]);
            for (var row = 0; row < users.Length; row++)
            {
                users[row] = random.Next(Users);
                do
                {
                    items[row] = random.Next(Items - Cold);
                }
                while ((items[row] % 2 == users[row] % 2) == (random.Next(10) == 0));
            }

            Train = Of("i", users, items);
        }

        public Dataset Train { get; }

        /// <summary>Share of pairs of a user and two new items, one of either taste, in which the user's own is
        /// first.</summary>
        public double TasteOfCold(RecommenderModel model) => Taste(model, Items - Cold, Items);

        public double TasteOfKnown(RecommenderModel model) => Taste(model, 0, Items - Cold);

        public double TasteOfRenamed(RecommenderModel model)
        {
            var pairs = Enumerable.Range(0, Users * Items).ToArray();
            var data = Of(
                "other", Array.ConvertAll(pairs, pair => pair / Items), Array.ConvertAll(pairs, pair => pair % Items));
            var scores = ((ScorePredictions)model.Predict(data)).Values.Chunk(Items).ToArray();
            return Taste(user => scores[user], 0, Items);
        }

        private static double Taste(RecommenderModel model, int from, int to) => Taste(
            user =>
            {
                var scores = new double[Items];
                model.Score(user, scores);
                return scores;
            },
            from,
            to);

        private static double Taste(Func<int, double[]> scoresOf, int from, int to)
        {
            var (right, all) = (0, 0);
            for (var user = 0; user < Users; user++)
            {
                var scores = scoresOf(user);
                for (var own = from; own < to; own++)
                {
                    for (var other = from; other < to; other++)
                    {
                        if (own % 2 == user % 2 && other % 2 != user % 2)
                        {
                            right += scores[own] > scores[other] ? 1 : 0;
                            all++;
                        }
                    }
                }
            }

            return (double)right / all;
        }

        private Dataset Of(string item, int[] users, int[] items)
        {
            var random = new SeededRandom(9);
            var columns = new List<Column>
            {
                new CategoricalColumn("user", users, LearningSamples.Names("u", Users), ColumnRoles.User),
                new CategoricalColumn("item", items, LearningSamples.Names(item, Items), ColumnRoles.Item),
            };
            var all = Enumerable.Range(0, Items).ToArray();
            var table = new List<Column> { new NumericColumn("nothing", new double[Items]) };
            switch (_kind)
            {
                case "genre":
                    table.Add(CategoricalColumn.FromValues("genre", all.Select(i => i % 2 == 0 ? "drama" : "horror")));
                    break;
                case "title":
                    table.Add(new TextColumn("title", Array.ConvertAll(all, i => (string?)Words(i, random))));
                    break;
                case "review":
                    columns.Add(new TextColumn(
                        "review", Array.ConvertAll(items, i => (string?)Words(i, random)), ColumnRoles.Text));
                    break;
                default:
                    // A picture: noise in 16 numbers, and the taste along a direction among them.
                    for (var pixel = 0; pixel < 16; pixel++)
                    {
                        table.Add(new NumericColumn($"img_{pixel}", Array.ConvertAll(
                            all, i => (i % 2 == 0 ? 1 : -1) * (pixel % 3 == 0 ? 1 : -1) + random.NextGaussian())));
                    }

                    break;
            }

            return new Dataset(item, new Table(columns), items: new Table(table.Select(c => c.With(roles: ColumnRoles.Feature))));
        }

        // Two words of the item's own taste, and three of either.
        private static string Words(int item, SeededRandom random) => string.Join(' ', Enumerable.Range(0, 5).Select(
            word => word < 2 ? $"taste{item % 2}{(char)('a' + random.Next(3))}" : $"any{random.Next(10)}"));
    }
}
