using Evenhand.Configuration.Randomness;
using Evenhand.Data;
using Evenhand.Learning.Recommendation;
using Evenhand.Learning.Recommendation.Factors;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Recommendation.Factors;

[TestClass]
public sealed class ObservedPairsTests
{
    [TestMethod]
    public void Of_RepeatedPair_AddsWeightsAndTakesTheMeanValue()
    {
        var data = LearningSamples.Ratings(
            LearningSamples.Names("u", 2),
            LearningSamples.Names("i", 3),
            [0, 1, 0, 0],
            [2, 2, 0, 2],
            [5, 4, 3, 1],
            [1, 2, 0.5, 3]);
        var rows = Interactions.Of(data, "als", needsLabel: true);
        var users = Renumbering.Of(rows.UserCodes, 2, new SeedTree(1));
        var items = Renumbering.Of(rows.ItemCodes, 3, new SeedTree(2));
        var pairs = ObservedPairs.Of(rows, users, items, ofItems: false, CancellationToken.None, rows.Labels);
        Assert.AreEqual(3, pairs.Count);
        var partners = pairs.PartnersOf(users[0]).ToArray();
        CollectionAssert.AreEqual(new[] { items[0], items[2] }.Order().ToArray(), partners);
        var place = Array.IndexOf(partners, items[2]);
        Assert.AreEqual(4f, pairs.WeightsOf(users[0])[place]);
        Assert.AreEqual(2f, pairs.ValuesOf(users[0])[place]);
        Assert.AreEqual(0.5f, pairs.WeightsOf(users[0])[1 - place]);
        var byItem = ObservedPairs.Of(rows, users, items, ofItems: true, CancellationToken.None);
        CollectionAssert.AreEqual(
            new[] { users[0], users[1] }.Order().ToArray(), byItem.PartnersOf(items[2]).ToArray());
        Assert.IsTrue(byItem.ValuesOf(items[2]).IsEmpty);
    }
}
