using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.TestKit;

namespace Evenhand.Torch.Tests.TwoTower;

/// <summary>Rankings of the full catalogue of MovieLens 100K: for each user a random fifth of the ratings is held out,
/// all of them relevant; training items are masked.</summary>
[TestClass]
[DoNotParallelize]
public sealed class TwoTowerMovieLensTests
{
    private static readonly FitContext Context = new() { Seeds = new SeedTree(1) };

    [TestMethod]
    public void Recommend_FewEpochs_BeatsPopularityByAQuarter()
    {
        TorchTest.RequireTorch();
        var (train, test) = Split();
        var options = new TwoTowerOptions { ApproximationRank = 32, NumberOfEpochs = 5 };
        Assert.IsGreaterThan(
            1.25 * GainAtTen(new PopularityLearner(new PopularityOptions()), train, test),
            GainAtTen(new TwoTowerLearner(options), train, test));
    }

    private static (Dataset Train, Dataset Test) Split()
    {
        var data = PublicData.Load("ml-100k");
        var random = new SeededRandom(3);
        var (train, test) = (new List<int>(), new List<int>());
        foreach (var user in Enumerable.Range(0, data.RowCount).ToLookup(row => data.UserColumn!.Codes[row]))
        {
            var rows = user.ToArray();
            random.Shuffle<int>(rows);
            var cut = rows.Length * 4 / 5;
            train.AddRange(rows[..cut]);
            test.AddRange(rows[cut..]);
        }

        return (data.Select([.. train]), data.Select([.. test]));
    }

    /// <summary>Mean NDCG@10 over the users.</summary>
    private static double GainAtTen(Learner learner, Dataset train, Dataset test)
    {
        var model = (RecommenderModel)learner.Fit(train, Context);
        var relevant = Enumerable.Range(0, test.RowCount)
            .ToLookup(row => test.UserColumn!.Codes[row], row => test.ItemColumn!.Codes[row]);
        var users = relevant.Select(user => user.Key).ToArray();
        var lists = TopN.Recommend(model, users, 10, train, threads: 2);
        return users.Select((user, index) =>
        {
            var items = relevant[user].ToHashSet();
            var gain = lists[index].Select((item, rank) => items.Contains(item) ? Discount(rank) : 0).Sum();
            return gain / Enumerable.Range(0, Math.Min(10, items.Count)).Sum(Discount);
        }).Average();
    }

    private static double Discount(int rank) => 1 / Math.Log2(rank + 2);
}
