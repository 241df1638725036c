using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.Learning.Recommendation.PairwiseRanking;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed class PairwiseRankingTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(2) };

    [TestMethod]
    public void Compare_OneStep_EqualsTheFormula()
    {
        // By the formulas of Rendle et al. 2009, figure 4, in numpy 1.24.2: x = .04, sigmoid(-x) = .4900013331200346.
        var state = State(lambda: 0.02f);
        state.Compare(new PositivePair(0, 0, 1), [0], new NegativeSampler([1], null), new SeededRandom(1), 0.1f);
        AssertRow([0.32880007998720207, -0.18979997333759932], state.Users[0]);
        AssertRow([0.11450003999360105, 0.38939997333759935], state.Items[0]);
        AssertRow([-0.513700039993601, 0.2094000266624007], state.Items[1]);
        AssertRow([0.09890013331200347, 0.10069986668799653], state.Biases);
    }

    [TestMethod]
    public void Compare_PairOfWeight_ScalesTheStep()
    {
        var (one, two) = (State(lambda: 0.02f), State(lambda: 0.02f));
        var negatives = new NegativeSampler([1], null);
        one.Compare(new PositivePair(0, 0, 1), [0], negatives, new SeededRandom(1), 0.1f);
        two.Compare(new PositivePair(0, 0, 0.5f), [0], negatives, new SeededRandom(1), 0.2f);
        CollectionAssert.AreEqual(one.Users[0].ToArray(), two.Users[0].ToArray());
    }

    [TestMethod]
    public void Search_RankedTooHigh_StepsByTheHinge()
    {
        // x = .04 < 1 and, with two items, weight 1: p += s (qi - qj), qi += s p, qj -= s p, each after (1 - s lambda).
        var state = State(lambda: 0.02f);
        state.Search(new PositivePair(0, 0, 1), [0], new NegativeSampler([1], null), new SeededRandom(1), 0.1f, 5);
        AssertRow([(0.3 * 0.998) + (0.1 * 0.6), (-0.2 * 0.998) + (0.1 * 0.2)], state.Users[0]);
        AssertRow([(0.1 * 0.998) + 0.03, (0.4 * 0.998) - 0.02], state.Items[0]);
        AssertRow([(-0.5 * 0.998) - 0.03, (0.2 * 0.998) + 0.02], state.Items[1]);
        AssertRow([(0.05 * 0.998) + 0.1, (0.15 * 0.998) - 0.1], state.Biases);
    }

    [TestMethod]
    public void Search_FarBelowTheChoice_LeavesAllAsItIs()
    {
        var state = State(lambda: 0.02f);
        state.Biases[0] = 2;
        state.Search(new PositivePair(0, 0, 1), [0], new NegativeSampler([1], null), new SeededRandom(1), 0.1f, 5);
        AssertRow([0.3, -0.2], state.Users[0]);
        Assert.AreEqual(2f, state.Biases[0]);
    }

    [TestMethod]
    public void RankWeight_MoreDraws_WeighsLess()
    {
        var state = new PairwiseState(new FactorTable(1, 2), new FactorTable(101, 2), 0);
        Assert.AreEqual(1, state.RankWeight(1), 1e-6);
        Assert.AreEqual(Math.Log(14) / Math.Log(100), state.RankWeight(7), 1e-6);
        Assert.AreEqual(0, state.RankWeight(60), 1e-6);
    }

    [TestMethod]
    public void Steps_OnChosenItemsOnly_AreNotTaken()
    {
        var state = State(lambda: 0.02f);
        var negatives = new NegativeSampler([1], null);
        state.Compare(new PositivePair(0, 0, 1), [0, 1], negatives, new SeededRandom(1), 0.1f);
        state.Search(new PositivePair(0, 0, 1), [0, 1], negatives, new SeededRandom(1), 0.1f, 5);
        AssertRow([0.3, -0.2], state.Users[0]);
    }

    [TestMethod]
    public void Draw_Weights_AreTheFrequencies()
    {
        double[] weights = [0, 1, 5, 0.5, 3.5, 100];
        var sampler = new NegativeSampler([1, 2, 3, 4], weights);
        var even = new NegativeSampler([1, 2, 3, 4], null);
        var (counts, evenCounts) = (new int[6], new int[6]);
        var random = new SeededRandom(5);
        for (var draw = 0; draw < 100_000; draw++)
        {
            counts[sampler.Draw(random)]++;
            evenCounts[even.Draw(random)]++;
        }

        // Five standard deviations of a share of a half.
        for (var item = 1; item <= 4; item++)
        {
            Assert.AreEqual(weights[item] / 10, counts[item] / 100_000.0, 0.008);
            Assert.AreEqual(0.25, evenCounts[item] / 100_000.0, 0.008);
        }

        Assert.AreEqual(0, counts[0] + counts[5]);
    }

    [TestMethod]
    public void Shuffle_EachIteration_HoldsEveryPairOnceInTheColumnOfItsItem()
    {
        var data = LearningSamples.Ratings(500, 600, 40_000, new SeedTree(4));
        var rows = Interactions.Of(data, "bpr", needsLabel: false);
        var users = Renumbering.Of(rows.UserCodes, 500, new SeedTree(1));
        var items = Renumbering.Of(rows.ItemCodes, 600, new SeedTree(2));
        var byUser = ObservedPairs.Of(rows, users, items, ofItems: false, CancellationToken.None);
        var blocks = new PairwiseBlocks(byUser, users.Count, items.Count, new SeedTree(3));
        Assert.IsGreaterThan(4, blocks.Side);
        var columns = new List<int[]>();
        for (var iteration = 0; iteration < 2; iteration++)
        {
            blocks.Shuffle(Context);
            columns.Add(blocks.ItemsOf(0));
            var seen = new HashSet<(int User, int Item)>();
            var rowOfUser = new Dictionary<int, int>();
            for (var row = 0; row < blocks.Side; row++)
            {
                for (var column = 0; column < blocks.Side; column++)
                {
                    foreach (var pair in blocks[row, column].Pairs.ToArray())
                    {
                        Assert.IsTrue(seen.Add((pair.User, pair.Item)));
                        Assert.IsTrue(blocks.ItemsOf(column).Contains(pair.Item));
                        Assert.AreEqual(row, rowOfUser.TryAdd(pair.User, row) ? row : rowOfUser[pair.User]);
                    }
                }
            }

            Assert.HasCount(byUser.Count, seen);
        }

        CollectionAssert.AreNotEquivalent(columns[0], columns[1]);
    }

    [TestMethod]
    [DataRow("bpr", NegativeSampling.Uniform)]
    [DataRow("bpr", NegativeSampling.Popularity)]
    [DataRow("warp", NegativeSampling.Uniform)]
    public void Fit_TwoThreads_GivesTheModelOfOne(string name, NegativeSampling sampling)
    {
        var data = LearningSamples.Ratings(500, 600, 40_000, new SeedTree(4));
        Learner learner = name == "bpr"
            ? new BprLearner(new() { ApproximationRank = 8, NumberOfIterations = 3, NegativeSampling = sampling })
            : new WarpLearner(new() { ApproximationRank = 8, NumberOfIterations = 3, NegativeSampling = sampling });
        CollectionAssert.AreEqual(
            ((ScorePredictions)learner.Fit(data, Context).Predict(data)).Values,
            ((ScorePredictions)learner.Fit(data, Context with { Threads = 2 }).Predict(data)).Values);
    }

    [TestMethod]
    [DataRow("bpr")]
    [DataRow("warp")]
    public void Fit_TasteInTheData_RanksItAboveTheRest(string name)
    {
        // Users choose seven of the ten items of their kind; the other three are what they would choose next.
        var rows = Enumerable.Range(0, 40 * 20)
            .Where(cell => cell / 20 % 2 == cell % 2 && (cell + (cell / 20)) % 10 < 7).ToArray();
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 40),
            LearningSamples.Names("i", 20),
            Array.ConvertAll(rows, cell => cell / 20),
            Array.ConvertAll(rows, cell => cell % 20),
            Array.ConvertAll(rows, _ => 1.0));
        Learner learner = name == "bpr"
            ? new BprLearner(new() { ApproximationRank = 4, NumberOfIterations = 100 })
            : new WarpLearner(new() { ApproximationRank = 4, NumberOfIterations = 100 });
        var users = Enumerable.Range(0, 40).ToArray();
        OverSeeds.AssertPositive(seeds =>
        {
            var model = (RecommenderModel)learner.Fit(data, Context with { Seeds = seeds });
            var lists = TopN.Recommend(model, users, 2, data);
            return users.Average(user => lists[user].Average(item => item % 2 == user % 2 ? 1.0 : 0)) - 0.9;
        });
    }

    [TestMethod]
    public void Fit_StepFarTooLarge_SaysThatItDiverged()
    {
        var learner = new BprLearner(new() { LearningRate = 10, Lambda = 100 });
        var message = Assert.ThrowsExactly<DivergenceException>(
            () => learner.Fit(LearningSamples.Ratings(30, 20, 400, new SeedTree(7)), Context)).Message;
        Assert.Contains("learningRate (10)", message);
    }

    private static PairwiseState State(float lambda)
    {
        var (users, items) = (new FactorTable(1, 2), new FactorTable(2, 2));
        (users[0][0], users[0][1]) = (0.3f, -0.2f);
        (items[0][0], items[0][1]) = (0.1f, 0.4f);
        (items[1][0], items[1][1]) = (-0.5f, 0.2f);
        var state = new PairwiseState(users, items, lambda);
        (state.Biases[0], state.Biases[1]) = (0.05f, 0.15f);
        return state;
    }

    private static void AssertRow(double[] expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-6);
        }
    }
}
