using System.Runtime.Intrinsics;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Data.Columns;
using Evenhand.Learning.Numerics;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.TestKit;
using Evenhand.TestKit.Learning;
using FsCheck.Fluent;

namespace Evenhand.Learning.Tests.Recommendation;

[TestClass]
public sealed unsafe class FactorModelTests
{
    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(3, 47, 2)]
    [DataRow(5, 48, 8)]
    [DataRow(130, 49, 17)]
    [DataRow(65, 300, 3)]
    public void Score_AnyShape_IsTheChainFromTheBias(int users, int items, int rank)
    {
        var model = Sample(users, items, rank, seed: 1);
        for (var user = -1; user < users; user++)
        {
            CollectionAssert.AreEqual(Chains(model, user), Scores(model, user));
        }
    }

    [TestMethod]
    public void Rank_EitherWidthOfVectors_KeepsTheSameItems()
    {
        var model = Sample(users: 7, items: 150, rank: 9, seed: 2);
        var seen = Random(7, 150, 200, seed: 3);
        var narrow = Rank(model, seen, FactorKernel.Rank<Lanes256, Vector256<float>>);
        var wide = Rank(model, seen, FactorKernel.Rank<Lanes512, Vector512<float>>);
        for (var user = 0; user < 7; user++)
        {
            CollectionAssert.AreEqual(narrow[user], wide[user]);
            CollectionAssert.AreEqual(narrow[user], Sorted(model, user, 10, seen));
        }
    }

    [TestMethod]
    public void Score_EitherWidthOfVectors_HasTheSameBits()
    {
        var model = Sample(users: 1, items: ItemPanels.Width, rank: 21, seed: 4);
        var narrow = new float[ItemPanels.Width];
        var wide = new float[ItemPanels.Width];
        fixed (float* factors = model.UserSide.FactorsOf(0), first = narrow, second = wide)
        {
            FactorKernel.Score<Lanes256, Vector256<float>>(model.Panels[0], 21, factors, first);
            FactorKernel.Score<Lanes512, Vector512<float>>(model.Panels[0], 21, factors, second);
        }

        CollectionAssert.AreEqual(narrow, wide);
    }

    [TestMethod]
    public void Recommend_BatchesAndThreads_GiveTheSameLists()
    {
        const int Users = 1_100;
        var model = Sample(Users, items: 333, rank: 12, seed: 5);
        var seen = Random(Users, 333, 9_000, seed: 6);
        int[] everyone = [.. Enumerable.Range(0, Users), Vocabulary.Missing, 3];
        var expected = Array.ConvertAll(everyone, user => Sorted(model, user, 10, seen));
        foreach (var batch in (int[])[1, 64, 1_024])
        {
            foreach (var threads in (int[])[1, 2])
            {
                var lists = everyone.Chunk(batch)
                    .SelectMany(users => TopN.Recommend(model, users, 10, seen, threads)).ToArray();
                for (var place = 0; place < everyone.Length; place++)
                {
                    CollectionAssert.AreEqual(expected[place], lists[place]);
                }
            }
        }
    }

    [TestMethod]
    public void Recommend_AnyModel_SortsTheUnseenItems() => Properties.Check(
        Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var (users, items, k) = (1 + random.Next(20), 1 + random.Next(120), 1 + random.Next(130));

            // Few levels make many ties.
            var model = Sample(users, items, 1 + random.Next(6), seed, levels: 1 + random.Next(3));
            var seen = Random(users, items, random.Next(users * items), seed);
            var lists = TopN.Recommend(model, Enumerable.Range(0, users).ToArray(), k, seen, threads: 2);
            for (var user = 0; user < users; user++)
            {
                CollectionAssert.AreEqual(Sorted(model, user, k, seen), lists[user]);
                Assert.IsFalse(lists[user].Intersect(SeenBy(seen, user)).Any(), "A seen item was recommended.");
            }
        });

    [TestMethod]
    public void Recommend_PermutedUsersAndItems_PermutesTheLists() => Properties.Check(
        Gen.Choose(0, int.MaxValue - 1),
        seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var (users, items) = (1 + random.Next(70), 1 + random.Next(120));
            var (userOrder, itemOrder) = (random.NextPermutation(users), random.NextPermutation(items));
            var seen = Random(users, items, 3 * users, seed);
            var model = Sample(users, items, 7, seed);
            var permuted = Sample(users, items, 7, seed, userOrder: userOrder, itemOrder: itemOrder);
            var expected = TopN.Recommend(model, Enumerable.Range(0, users).ToArray(), 10, seen);
            var actual = TopN.Recommend(permuted, Enumerable.Range(0, users).ToArray(), 10, seen);
            for (var user = 0; user < users; user++)
            {
                CollectionAssert.AreEqual(
                    Array.ConvertAll(expected[userOrder[user]], item => model.Items.Values[item]),
                    Array.ConvertAll(actual[user], item => permuted.Items.Values[item]));
            }
        });

    [TestMethod]
    public void Score_TooFewFactorsOrPlaces_Throws()
    {
        var panels = Sample(users: 1, items: 5, rank: 3, seed: 1).Panels;
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FactorKernel.Score(panels, new float[2], new double[5]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FactorKernel.Score(panels, new float[3], new double[4]));
    }

    private static int[][] Rank(PlainModel model, Dataset seen, Action<ItemPanels, int, UserBlock> rank)
    {
        var users = Enumerable.Range(0, model.Users.Count).ToArray();
        var block = new UserBlock(model.Panels, 10);
        block.Fill(users, model.UserSide, SeenItems.Of(seen, model, CancellationToken.None));
        for (var panel = 0; panel < model.Panels.Count; panel++)
        {
            rank(model.Panels, panel, block);
        }

        return Array.ConvertAll(users, user => block.Take(user).Items);
    }

    private static int[] Sorted(PlainModel model, int user, int k, Dataset seen)
    {
        var hidden = SeenBy(seen, user);
        var scores = Chains(model, user);
        return [.. Enumerable.Range(0, scores.Length).Where(item => !hidden.Contains(item))
            .OrderByDescending(item => scores[item]).ThenBy(item => item).Take(k)];
    }

    private static HashSet<int> SeenBy(Dataset seen, int user) => user < 0 ? [] : [.. Enumerable
        .Range(0, seen.RowCount)
        .Where(row => seen.UserColumn!.Codes[row] == user)
        .Select(row => seen.ItemColumn!.Codes[row])];

    private static double[] Scores(PlainModel model, int user)
    {
        var scores = new double[model.Items.Count];
        model.Score(user, scores);
        return scores;
    }

    private static double[] Chains(PlainModel model, int user)
    {
        var p = model.UserSide.FactorsOf(user);
        var scores = new double[model.Items.Count];
        for (var item = 0; item < scores.Length; item++)
        {
            var q = model.ItemSide.FactorsOf(item);
            var sum = (float)model.ItemSide.BiasOf(item);
            for (var factor = 0; factor < model.ItemSide.Rank; factor++)
            {
                sum = MathF.FusedMultiplyAdd(p[factor], q[factor], sum);
            }

            scores[item] = sum;
            Assert.AreEqual(sum, model.ScoreOfPair(user, item));
        }

        return scores;
    }

    private static Dataset Random(int users, int items, int rows, int seed)
    {
        var random = new SeededRandom((ulong)seed);
        return LearningSamples.Ratings(
            LearningSamples.Names("u", users),
            LearningSamples.Names("i", items),
            [.. Enumerable.Range(0, rows).Select(_ => random.Next(users))],
            [.. Enumerable.Range(0, rows).Select(_ => random.Next(items))],
            new double[rows]);
    }

    // Entity i of the model is entity order[i] of the seed.
    private static PlainModel Sample(
        int users, int items, int rank, int seed, int levels = 0, int[]? userOrder = null, int[]? itemOrder = null) => new(
        Names("u", users, userOrder),
        Names("i", items, itemOrder),
        Side(users, rank, new SeedTree(seed).Fork("users"), levels, userOrder),
        Side(items, rank, new SeedTree(seed).Fork("items"), levels, itemOrder));

    private static Vocabulary Names(string prefix, int count, int[]? order) =>
        new(Enumerable.Range(0, count).Select(i => $"{prefix}{(order is null ? i : order[i])}"));

    private static FactorSide Side(int count, int rank, SeedTree seeds, int levels, int[]? order)
    {
        var random = seeds.CreateRandom();
        var drawn = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, rank + 1)
            .Select(_ => levels == 0 ? (float)random.NextGaussian() : random.Next(levels)).ToArray()).ToArray();
        var numbers = Renumbering.Of([.. Enumerable.Range(0, count)], count, seeds);
        var table = new FactorTable(count, rank);
        var biases = new float[count];
        for (var code = 0; code < count; code++)
        {
            var own = drawn[order is null ? code : order[code]];
            own.AsSpan(1).CopyTo(table[numbers[code]]);
            biases[numbers[code]] = own[0];
        }

        return FactorSide.Of(numbers, table, biases, unknownIsMean: true);
    }

    private sealed class PlainModel(Vocabulary users, Vocabulary items, FactorSide userSide, FactorSide itemSide)
        : FactorModel(users, items, userSide, itemSide)
    {
        public override string LearnerName => "plain";

        public float ScoreOfPair(int user, int item) => Score(user, item);

        public override Predictions Predict(Dataset data, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public override void Write(ModelWriter writer) => throw new NotSupportedException();
    }
}
