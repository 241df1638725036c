using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Mitigations.Post.CpFair;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Bias;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class CpFairTests
{
    // Two users, candidates of relevance 1, .5, 0 with groups a, a, b; one item each, half of the places due to b. Own
    // lists: relevance 1, DPF = (|1 - .5| + |0 - .5|) / 2 = .5. One of them b: relevance .5, DPF 0.
    [TestMethod]
    [DataRow(0.9, 0.55, 0)]
    [DataRow(1.1, 0.5, 1)]
    public void LinearProgram_TwoUsers_GivesBItsPlaceWhereItPays(double strength, double objective, int places)
    {
        Candidates[] users = [ListMaking.Scored(2, 1, 0), ListMaking.Scored(2, 1, 0)];
        var problem = new CpFairProblem(
            users, 1, ListMaking.Grouping("aab"), [0.5, 0.5], new UserTastes([-1], 0, []), strength, 0);
        var chosen = new CpFairOptimizer(problem, 1, CancellationToken.None).LinearProgram(200);
        Assert.AreEqual(objective, problem.Objective(problem.Totals(chosen)), 1e-12);
        Assert.AreEqual(places, chosen.Count(list => list[0] == 2));
    }

    // Users 0 (group a) and 1 (b). Worth: a chooses i0 and i1 equally, b i2 alone. Lists of one item, relevance 1, .5,
    // 0. Own lists {i0}, {i0}: worths 1 and 0, relevance 1, DCF = 1/2 (.5 + .5) = .5.
    [TestMethod]
    public void Objective_TwoGroupsOfUsers_IsThatWorkedByHand()
    {
        Candidates[] users = [ListMaking.Scored(2, 1, 0), ListMaking.Scored(2, 1, 0) with { User = 1 }];
        var tastes = new UserTastes([0, 1], 2, [0.5, 0.5, 0, 0, 0, 1]);
        var problem = new CpFairProblem(users, 1, ListMaking.Grouping("aab"), [0.5, 0.5], tastes, 0, 1.5);
        Assert.AreEqual(1 - (1.5 * 0.5), problem.Objective(problem.Totals([[0], [0]])), 1e-12);
        Assert.AreEqual(0.5, problem.Objective(problem.Totals([[0], [2]])), 1e-12);
        var chosen = new CpFairOptimizer(problem, 1, CancellationToken.None).LinearProgram(200);
        Assert.AreEqual(0.5, problem.Objective(problem.Totals(chosen)), 1e-12);
    }

    [TestMethod]
    public void LinearProgram_TinyInstances_IsAsGoodAsTryingEverything()
    {
        const int Instances = 200;
        var sum = 0.0;
        for (var seed = 0; seed < Instances; seed++)
        {
            var problem = Random(new SeededRandom((ulong)seed), users: 3, candidates: 6, k: 2);
            var best = Choices(6).SelectMany(a => Choices(6).SelectMany(b => Choices(6).Select(
                c => problem.Objective(problem.Totals([a, b, c]))))).Max();
            var optimizer = new CpFairOptimizer(problem, 1, CancellationToken.None);
            var found = problem.Objective(problem.Totals(optimizer.LinearProgram(200)));
            Assert.IsLessThanOrEqualTo(best + 1e-9, found);
            Assert.IsGreaterThanOrEqualTo(best - 1e-9, optimizer.Bound);
            sum += best - found;
        }

        // Single exchanges leave a few of the smallest instances a little below their best whole lists.
        Assert.IsLessThan(0.001, sum / Instances);
    }

    // The bound is a proof: no lists, not even fractional ones, are better by more than the gap.
    [TestMethod]
    public void LinearProgram_ManyUsers_ReachesItsBound()
    {
        for (var seed = 0UL; seed < 10; seed++)
        {
            var problem = Random(new SeededRandom(seed), users: 200, candidates: 30, k: 5);
            var optimizer = new CpFairOptimizer(problem, 2, CancellationToken.None);
            var found = problem.Objective(problem.Totals(optimizer.LinearProgram(100)));
            Assert.IsLessThan(0.001, optimizer.Bound - found);
        }
    }

    [TestMethod]
    public void Greedy_TwoGroups_GivesTheWholeWeightToTheOneBehind()
    {
        // Prices .3 and -.3: relevance 1, .5, 0 of a, a, b become .7, .2, .3.
        Candidates[] users = [ListMaking.Scored(2, 1, 0)];
        var problem = new CpFairProblem(
            users, 2, ListMaking.Grouping("aab"), [0.5, 0.5], new UserTastes([-1], 0, []), 0.6, 0);
        CollectionAssert.AreEqual(
            new[] { 0, 2 }, new CpFairOptimizer(problem, 1, CancellationToken.None).Greedy()[0]);
    }

    [TestMethod]
    public void Recommend_EitherSideAlone_LowersItsImbalance()
    {
        var data = LearningSamples.WithGroups(LearningSamples.Ratings(60, 50, 900, new SeedTree(8)));
        var items = new CpFairOptions { ItemGroup = "genre", ItemStrength = 0.2 };
        var users = new CpFairOptions { Group = "gender", UserStrength = 0.2 };
        Assert.IsLessThan(Gap(data, items with { ItemStrength = 0 }, items), Gap(data, items, items));
        Assert.IsLessThan(Gap(data, users with { UserStrength = 0 }, users), Gap(data, users, users));
    }

    [TestMethod]
    public void Fit_NoGroup_SaysSo()
    {
        var data = LearningSamples.WithGroups(LearningSamples.Ratings(5, 9, 40, new SeedTree(1)));
        Assert.Contains("needs a group of the items, of the users, or both", Assert.ThrowsExactly<InputException>(
            () => new CpFair(new CpFairOptions()).Fit(
                new PopularityLearner(new PopularityOptions()),
                data,
                new FitContext { Seeds = new SeedTree(0) })).Message);
    }

    // Sum of the absolute imbalances that the measuring options look at, in the lists that the other ones make.
    private static double Gap(Dataset data, CpFairOptions making, CpFairOptions measuring)
    {
        var learner = new BiasLearner(new BiasOptions());
        var context = new FitContext { Seeds = new SeedTree(0) };
        int[] users = [.. Enumerable.Range(0, 60)];
        var plain = (RecommenderModel)learner.Fit(data, context);
        var lists = TopN.Recommend(
            (RecommenderModel)new CpFair(making).Fit(learner, data, context), users, 5, data);
        var all = TopN.Recommend(plain, users, 50, data);
        var scores = new double[50];
        plain.Score(0, scores);
        var candidates = users.Select(
            user => new Candidates(user, all[user], Array.ConvertAll(all[user], item => scores[item]))).ToArray();
        var genre = data.FindGroup("genre")!;
        var gender = data.FindGroup("gender")!;
        var items = measuring.ItemGroup.Length == 0
            ? new ItemGrouping([.. Enumerable.Repeat(-1, 50)], 0)
            : new ItemGrouping(genre.Column.Codes.ToArray(), genre.Groups.Count);
        var tastes = measuring.Group.Length == 0
            ? new UserTastes([.. Enumerable.Repeat(-1, 60)], 0, [])
            : UserTastes.Of(gender.Column.Codes.ToArray(), gender.Groups.Count, data, plain);
        var problem = new CpFairProblem(
            candidates, 5, items, items.Shares(TargetShare.Catalogue, data, plain), tastes, 1, 1);
        int[][] chosen = [.. users.Select(user => Array.ConvertAll(
            lists[user], item => Array.IndexOf(all[user], item)))];
        return problem.Imbalances(problem.Totals(chosen)).Sum(Math.Abs);
    }

    private static IEnumerable<int[]> Choices(int count) => Enumerable.Range(0, count).SelectMany(
        first => Enumerable.Range(first + 1, count - first - 1).Select(second => new[] { first, second }));

    // Three groups of items, two of users, some of unknown group; strengths up to 1.
    private static CpFairProblem Random(SeededRandom random, int users, int candidates, int k)
    {
        var items = candidates * 2;
        var grouping = new ItemGrouping([.. Enumerable.Range(0, items).Select(_ => random.Next(4) - 1)], 3);
        var groups = Enumerable.Range(0, users).Select(_ => random.Next(5) == 0 ? -1 : random.Next(2)).ToArray();
        var tastes = new UserTastes(
            groups, 2, [.. Enumerable.Range(0, 2 * items).Select(_ => random.NextDouble() / items)]);
        var batch = Enumerable.Range(0, users).Select(user => new Candidates(
            user,
            random.NextPermutation(items)[..candidates],
            [.. Enumerable.Range(0, candidates).Select(_ => random.NextDouble()).OrderDescending()])).ToArray();
        var shares = Enumerable.Range(0, 3).Select(_ => random.NextDouble()).ToArray();
        ItemGrouping.Normalize(shares);
        return new CpFairProblem(
            batch, k, grouping, shares, tastes, random.NextDouble(), random.NextDouble());
    }
}
