using Evenhand.Learning.Mitigations.Post.DeterministicSorting;

namespace Evenhand.Learning.Tests.Mitigation;

[TestClass]
public sealed class DeterministicSortingTests
{
    private static readonly double[] Thirds = [0.5, 0.3, 0.2];

    // All of a score above all of b, and these above all of c. Worked by hand from the algorithms of the paper.
    [TestMethod]
    [DataRow(DeterministicSortingAlgorithm.DetGreedy, "ababcaabac")]
    [DataRow(DeterministicSortingAlgorithm.DetCons, "abacababac")]
    [DataRow(DeterministicSortingAlgorithm.DetRelaxed, "abacababac")]
    [DataRow(DeterministicSortingAlgorithm.DetConstSort, "aaabcababc")]
    public void Rerank_GroupsInOrderOfScores_GivesPlacesByShare(
        DeterministicSortingAlgorithm algorithm, string expected)
    {
        var letters = new string('a', 10) + new string('b', 10) + new string('c', 10);
        var list = List(algorithm, letters, Thirds, 10);
        Assert.AreEqual(expected, string.Concat(list.Select(item => letters[item])));
        foreach (var group in "abc")
        {
            var own = list.Where(item => letters[item] == group).ToArray();
            CollectionAssert.AreEqual(own.Order().ToArray(), own);
        }
    }

    // Shares .4, .31, .29; from the pseudocode of the paper in Python with exact fractions, ranks from 1.
    [TestMethod]
    [DataRow(DeterministicSortingAlgorithm.DetGreedy, new[] { 0, 1, 3, 4, 2, 6, 5, 10, 11, 12, 7, 13 })]
    [DataRow(DeterministicSortingAlgorithm.DetCons, new[] { 1, 0, 4, 3, 2, 6, 10, 5, 12, 11, 14, 7 })]
    [DataRow(DeterministicSortingAlgorithm.DetRelaxed, new[] { 1, 0, 4, 3, 2, 6, 10, 5, 12, 11, 7, 14 })]
    [DataRow(DeterministicSortingAlgorithm.DetConstSort, new[] { 0, 1, 3, 4, 2, 5, 6, 10, 11, 12, 7, 14 })]
    public void Rerank_MixedGroups_EqualsTheReference(DeterministicSortingAlgorithm algorithm, int[] expected) =>
        CollectionAssert.AreEqual(
            expected, List(algorithm, "babacbcbbbacacabaaaaacaabaabaabaaaaccaac", [0.4, 0.31, 0.29], 12));

    // Half of the places follow the shares: one b among four.
    [TestMethod]
    [DataRow(DeterministicSortingAlgorithm.DetGreedy)]
    [DataRow(DeterministicSortingAlgorithm.DetConstSort)]
    public void Rerank_HalfStrength_LeavesHalfOfThePlacesToScores(DeterministicSortingAlgorithm algorithm)
    {
        const string Letters = "aaaaaabbbbbb";
        var list = List(algorithm, Letters, [0.5, 0.5], 4, 0.5);
        Assert.AreEqual("aaab", string.Concat(list.Select(item => Letters[item])));
    }

    [TestMethod]
    [DataRow(DeterministicSortingAlgorithm.DetGreedy)]
    [DataRow(DeterministicSortingAlgorithm.DetCons)]
    [DataRow(DeterministicSortingAlgorithm.DetRelaxed)]
    [DataRow(DeterministicSortingAlgorithm.DetConstSort)]
    public void Rerank_GroupRunsOut_TheBestOthersFollow(DeterministicSortingAlgorithm algorithm)
    {
        var list = List(algorithm, "aaaaaab.", [0.5, 0.5], 8);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 8).ToArray(), list);
        Assert.IsLessThan(3, Array.IndexOf(list, 6));
    }

    private static int[] List(
        DeterministicSortingAlgorithm algorithm, string letters, double[] shares, int k, double strength = 1)
    {
        var options = new DeterministicSortingOptions { Algorithm = algorithm, Strength = strength };
        var reranker = new DeterministicSortingReranker(options, ListMaking.Grouping(letters), shares);
        return ListMaking.List(reranker, ListMaking.Descending(letters.Length), k);
    }
}
