using Evenhand.Learning.Text.FastText;

namespace Evenhand.Learning.Tests.Text.FastText;

[TestClass]
public sealed class HuffmanTreeTests
{
    // T. H. Cormen et al., "Introduction to Algorithms", 16.3: code lengths of letters with these counts.
    private static readonly double[] Counts = [45, 13, 12, 16, 9, 5];

    [TestMethod]
    public void Of_CountsOfTextbook_GivesItsCodeLengths()
    {
        var tree = HuffmanTree.Of(Counts);
        CollectionAssert.AreEqual(
            new[] { 1, 3, 3, 3, 4, 4 }, Enumerable.Range(0, 6).Select(leaf => tree.Nodes(leaf).Length).ToArray());
        Assert.AreEqual(5, tree.NodeCount);
        Assert.AreEqual(4, tree.Deepest);
    }

    [TestMethod]
    public void Of_AnyCounts_StartsAtTheRootAndGivesEachLeafItsOwnCode()
    {
        var tree = HuffmanTree.Of([0, 0, 7, 1, 1, 1, 2]);
        var codes = new HashSet<string>();
        for (var leaf = 0; leaf < 7; leaf++)
        {
            Assert.AreEqual(tree.NodeCount - 1, tree.Nodes(leaf)[0]);
            Assert.AreEqual(tree.Nodes(leaf).Length, tree.Turns(leaf).Length);
            var code = string.Concat(tree.Turns(leaf).ToArray().Select(turn => turn ? '1' : '0'));
            Assert.IsFalse(codes.Any(other => other.StartsWith(code) || code.StartsWith(other)), code);
            codes.Add(code);
        }

        // Kraft: the codes of a full binary tree fill it.
        Assert.AreEqual(1, codes.Sum(code => Math.Pow(2, -code.Length)), 1e-12);
    }
}
