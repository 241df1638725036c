using Evenhand.Learning.Explanations;
using Evenhand.TestKit.Learning;

namespace Evenhand.Learning.Tests.Explanations;

[TestClass]
public sealed class TextAttentionTests
{
    // Half of the weight goes to the next piece, half is spread over five: two of them are marks.
    [TestMethod]
    public void Strongest_OfALayer_AreThePairsOfTheText()
    {
        var pairs = AttentionSamples.Of().Strongest(layer: 0, count: 3);

        CollectionAssert.AreEqual(
            new[] { (1, 2, 0), (2, 3, 0), (1, 1, 1) }, pairs.Select(pair => (pair.From, pair.To, pair.Head)).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 1, 0.2 }, pairs.Select(pair => Math.Round(pair.Largest, 6)).ToArray());
        CollectionAssert.AreEqual(new[] { 0.6, 0.6, 0.1 }, pairs.Select(pair => Math.Round(pair.Mean, 6)).ToArray());
    }

    [TestMethod]
    public void MarkShare_OfALayer_IsTheMeanOverPiecesAndHeads() =>
        Assert.AreEqual(0.4, AttentionSamples.Of().MarkShare(0), 1e-6);

    [TestMethod]
    public void ReadLength_NothingSaid_IsTheWholeText() =>
        Assert.AreEqual(3, new TextAttention("abc", [new("abc", 0, 3)], 1, 1, [1]).ReadLength);

    [TestMethod]
    public void Weights_OtherNumber_IsRefused() => Assert.ThrowsExactly<ArgumentException>(
        () => new TextAttention("abc", [new("abc", 0, 3)], 1, 2, [1]));
}
