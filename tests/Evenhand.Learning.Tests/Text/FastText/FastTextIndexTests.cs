using Evenhand.Learning.Text.FastText;

namespace Evenhand.Learning.Tests.Text.FastText;

[TestClass]
public sealed class FastTextIndexTests
{
    [TestMethod]
    public void Add_ManyKeys_NumbersThemByFirstOccurrence()
    {
        var index = new FastTextIndex(expected: 0);
        var keys = Enumerable.Range(0, 5000).Select(i => (uint)i * 2_654_435_761U).ToArray();
        for (var i = 0; i < keys.Length; i++)
        {
            Assert.AreEqual(i, index.Add(keys[i]));
            Assert.AreEqual(i / 2, index.Add(keys[i / 2]));
        }

        Assert.AreEqual(keys.Length, index.Count);
        CollectionAssert.AreEqual(keys, index.Keys());
        Assert.AreEqual(4321, index.NumberOf(keys[4321]));
        Assert.AreEqual(-1, index.NumberOf(keys[^1] + 1));
    }

    [TestMethod]
    public void Add_ZeroAndLargestKey_AreKeysAsOthers()
    {
        var index = new FastTextIndex(expected: 2);
        Assert.AreEqual(-1, index.NumberOf(0));
        Assert.AreEqual(0, index.Add(0));
        Assert.AreEqual(1, index.Add(uint.MaxValue));
        Assert.AreEqual(0, index.NumberOf(0));
        Assert.AreEqual(1, index.NumberOf(uint.MaxValue));
    }
}
