using Evenhand.Learning.Mitigations.Post;
using Evenhand.Learning.Mitigations.Post.Pmmf;
using Evenhand.Learning.Recommendation;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class PmmfTests
{
    private static readonly double[][] Scores =
    [
        [0.59, 0.74, 1.3, 1.08, 0.59, 0.43, 0.48, 0.16, 0.73],
        [0.61, 0.89, 1.02, 0.93, 1.09, 0.74, 0.96, 0.28, 0.65],
        [1.2, 0.79, 0.5, 1.47, 0.8, 0.31, 0.89, 0.59, 0.47],
        [1.27, 0.53, 1.21, 0.87, 0.59, 0.66, 0.93, 0.21, 0.63],
        [0.8, 1.24, 1.22, 0.72, 1.33, 0.66, 0.68, 0.82, 0.43],
        [1.26, 1.38, 0.6, 1.35, 0.89, 0.48, 0.15, 0.7, 0.29],
    ];

    private static readonly Candidates[] Users = [.. Scores.Select((scores, user) =>
    {
        int[] items = [.. Enumerable.Range(0, 9).OrderByDescending(item => scores[item]).ThenBy(item => item)];
        return new Candidates(user, items, Array.ConvertAll(items, item => scores[item]));
    })];

    private static readonly double[] Shares = [5 / 9.0, 3 / 9.0, 1 / 9.0];

    public static IEnumerable<object[]> Reference =>
    [
        [0.05, 0.5, "231 426 306 028 417 137", new[] { 0.671423, -0.03907, -0.220289 }],
        [1.0, 0.5, "231 468 306 026 476 138", new[] { 0.381455, -0.183998, -0.12222 }],
        [0.2, 2.0, "231 658 306 026 412 758", new[] { 1.11329, 0.919774, 1.731595 }],
    ];

    // From a program in numpy 1.24.2 written after algorithm 1 and the authors' program, with the projection solved as
    // a general quadratic program (scipy 1.10.1, SLSQP); groups aaaaabbbc, k = 3, alpha = .4.
    [TestMethod]
    [DynamicData(nameof(Reference))]
    public void Rerank_SixUsers_EqualsTheReference(double strength, double rate, string expected, double[] prices)
    {
        var options = new PmmfOptions { Strength = strength, LearningRate = rate, GradientShare = 0.4 };
        var grouping = ListMaking.Grouping("aaaaabbbc");
        var lists = new PmmfReranker(options, grouping, Shares).Rerank(Users, 3, 1, CancellationToken.None);

        Assert.AreEqual(expected, string.Join(' ', lists.Select(list => string.Concat(list))));
        var book = new ExposurePrices(Shares, options, 6, 3);
        foreach (var list in lists)
        {
            book.Pay(list.Select(item => grouping[item]));
        }

        for (var group = 0; group < prices.Length; group++)
        {
            Assert.AreEqual(prices[group], book[group], 2e-5);
        }
    }

    [TestMethod]
    public void Rerank_GroupWithoutShare_HasNoPrice()
    {
        var reranker = new PmmfReranker(new PmmfOptions(), ListMaking.Grouping("aaaaabbbc"), [0.5, 0.5, 0]);
        foreach (var list in reranker.Rerank(Users, 3, 1, CancellationToken.None))
        {
            Assert.HasCount(3, list.Distinct().ToArray());
        }
    }
}
