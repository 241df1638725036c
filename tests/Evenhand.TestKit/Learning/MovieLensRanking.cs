using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Popularity;
using Evenhand.TestKit.Data;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Evenhand.TestKit.Learning;

/// <summary>Rankings of the full catalogue of MovieLens 100K: for each user a random fifth of the ratings is held out,
/// all of them relevant; training items are masked.</summary>
public sealed class MovieLensRanking
{
    private readonly Dataset _train;
    private readonly Dataset _test;

    /// <summary>The data, split always alike; the test is inconclusive where the set is not there.</summary>
    public MovieLensRanking()
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

        (_train, _test) = (data.Select([.. train]), data.Select([.. test]));
    }

    /// <summary>Asserts that each learner's mean NDCG@10 over the users is above popularity's by a quarter.</summary>
    public void AssertBeatPopularityByAQuarter(FitContext context, params IEnumerable<Learner> learners)
    {
        var popularity = GainAtTen(new PopularityLearner(new PopularityOptions()), context);
        foreach (var learner in learners)
        {
            Assert.IsGreaterThan(1.25 * popularity, GainAtTen(learner, context), learner.GetType().Name);
        }
    }

    private double GainAtTen(Learner learner, FitContext context)
    {
        var model = (RecommenderModel)learner.Fit(_train, context);
        var relevant = Enumerable.Range(0, _test.RowCount)
            .ToLookup(row => _test.UserColumn!.Codes[row], row => _test.ItemColumn!.Codes[row]);
        var users = relevant.Select(user => user.Key).ToArray();
        var lists = TopN.Recommend(model, users, 10, _train, threads: 2);
        return users.Select((user, index) =>
        {
            var items = relevant[user].ToHashSet();
            var gain = lists[index].Select((item, rank) => items.Contains(item) ? Discount(rank) : 0).Sum();
            return gain / Enumerable.Range(0, Math.Min(10, items.Count)).Sum(Discount);
        }).Average();
    }

    private static double Discount(int rank) => 1 / Math.Log2(rank + 2);
}
