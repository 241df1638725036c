using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.TestKit;
using Evenhand.TestKit.Data;
using FsCheck.Fluent;

namespace Evenhand.Data.Tests;

[TestClass]
public sealed class GroupCrossingTests
{
    [TestMethod]
    public void Cross_SameSide_KeepsTheSideAndNamesAllCombinations()
    {
        var data = Datasets.RandomRatings(50, 5, 200, 2);
        var crossed = GroupCrossing.Cross(data, data.FindGroup("gender")!, data.FindGroup("age-band")!);
        Assert.AreEqual("gender*age-band", crossed.Name);
        Assert.AreEqual(GroupSide.User, crossed.Side);
        CollectionAssert.AreEqual(
            new[] { "female*18-29", "female*30-49", "female*50+", "male*18-29", "male*30-49", "male*50+" },
            crossed.Groups.ToArray());
    }

    [TestMethod]
    public void Cross_MixedSides_IsOfTheRow()
    {
        var data = Datasets.RandomRatings(50, 5, 200, 2);
        var crossed = GroupCrossing.Cross(data, data.FindGroup("gender")!, data.FindGroup("maker")!);
        Assert.AreEqual(GroupSide.Row, crossed.Side);
        Assert.AreEqual(200, crossed.Column.Length);
    }

    [TestMethod]
    public void Cross_AnyAttributes_EveryRowHasTheNamesOfItsGroupsOrIsMissing() => Properties.Check(
        from d in SplitterConformance.Data
        from n in Gen.SubListOf(new[] { "gender", "age-band", "maker" })
        select (d, n),
        c =>
        {
            if (c.n.Count == 0)
            {
                return;
            }

            var attributes = c.n.Select(name => c.d.FindGroup(name)!).ToArray();
            var crossed = GroupCrossing.Cross(c.d, attributes);
            var codes = c.d.GroupCodes(crossed);
            var parts = attributes.Select(a => (a.Groups, Codes: c.d.GroupCodes(a))).ToArray();
            for (var row = 0; row < c.d.RowCount; row++)
            {
                var known = parts.All(p => p.Codes[row] >= 0);
                var expected = known ? string.Join('*', parts.Select(p => p.Groups[p.Codes[row]])) : null;
                Assert.AreEqual(expected, codes[row] < 0 ? null : crossed.Groups[codes[row]]);
            }
        });

    [TestMethod]
    public void Cross_PartsOfASplit_HaveTheSameCodes()
    {
        var data = Datasets.RandomRatings(50, 5, 200, 2);
        var whole = data.GroupCodes(Crossing(data));
        var part = data.Select([3, 5, 8]);
        CollectionAssert.AreEqual(new[] { whole[3], whole[5], whole[8] }, part.GroupCodes(Crossing(part)));

        static GroupAttribute Crossing(Dataset d) =>
            GroupCrossing.Cross(d, d.FindGroup("gender")!, d.FindGroup("maker")!);
    }

    [TestMethod]
    public void Cross_One_IsTheAttributeItself()
    {
        var data = Datasets.RandomRatings(50, 5, 200, 2);
        Assert.AreSame(data.Groups[0], GroupCrossing.Cross(data, data.Groups[0]));
    }

    [TestMethod]
    public void Cross_None_IsAProgrammingError() => Assert.ThrowsExactly<ArgumentException>(
        () => GroupCrossing.Cross(Datasets.RandomRatings(5, 5, 20, 2)));

    [TestMethod]
    public void Cross_TooManyGroups_SaysHowMany()
    {
        var values = new Vocabulary(Enumerable.Range(0, 400).Select(i => $"v{i}"));
        var group = new GroupAttribute("g", GroupSide.Row, new CategoricalColumn("g", new[] { 0 }, values));
        var data = new Dataset("d", new Table([group.Column]), groups: [group]);
        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => GroupCrossing.Cross(data, group, group)).Message,
            "160000 groups");
    }

    [TestMethod]
    public void Cross_AmbiguousNames_AreRefused()
    {
        var left = new GroupAttribute("l", GroupSide.Row, CategoricalColumn.FromValues("l", ["a", "a*b"]));
        var right = new GroupAttribute("r", GroupSide.Row, CategoricalColumn.FromValues("r", ["b*c", "c"]));
        var data = new Dataset("d", new Table([left.Column, right.Column]), groups: [left, right]);
        StringAssert.Contains(
            Assert.ThrowsExactly<InputException>(() => GroupCrossing.Cross(data, left, right)).Message, "'a*b*c'");
    }
}
