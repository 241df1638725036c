using Evenhand.Data.Simulation;
using Evenhand.TestKit;
using FsCheck.Fluent;

namespace Evenhand.Data.Tests.Simulation;

[TestClass]
public sealed class ActivityCountsTests
{
    [TestMethod]
    public void Of_AnyWeights_AddUpToTheRowsUnderTheCap() => Properties.Check(
        from weights in Gen.Choose(1, 1_000).NonEmptyListOf()
        from cap in Gen.Choose(1, 50)
        from share in Gen.Choose(0, 100)
        select (weights, cap, rows: weights.Count * cap * share / 100),
        c =>
        {
            var counts = ActivityCounts.Of([.. c.weights.Select(w => (double)w)], c.rows, c.cap);
            Assert.AreEqual(c.rows, counts.Sum());
            Assert.IsTrue(counts.All(n => n >= 0 && n <= c.cap));
        });

    [TestMethod]
    public void Of_OneUserAtTheCap_GivesTheRestInProportion() =>
        CollectionAssert.AreEqual(new[] { 10, 6, 3 }, ActivityCounts.Of([100, 2, 1], 19, 10));
}
