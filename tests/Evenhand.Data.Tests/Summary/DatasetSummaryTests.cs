using Evenhand.Data.Columns;
using Evenhand.Data.Summary;
using Evenhand.TestKit.Data;

namespace Evenhand.Data.Tests.Summary;

[TestClass]
public sealed class DatasetSummaryTests
{
    [TestMethod]
    public void Of_SmallSet_CountsByHand()
    {
        var users = CategoricalColumn.FromValues("user", ["a", "a", "b", "b", "c"], ColumnRoles.User);
        var items = CategoricalColumn.FromValues("item", ["x", "x", "x", "y", null], ColumnRoles.Item);
        var label = new NumericColumn("label", new[] { 1, 0, 1, double.NaN, 0 }, ColumnRoles.Label);
        var text = new TextColumn("text", new[] { "t", null, "t", "u", null }, ColumnRoles.Text);
        var gender = CategoricalColumn.FromValues("gender", ["f", "m", null], ColumnRoles.Group);
        var income = new NumericColumn("income", new[] { 10, double.NaN, 30 });
        var data = new Dataset(
            "small",
            new Table([users, items, label, text]),
            new Table([gender, income]),
            groups: [new GroupAttribute("gender", GroupSide.User, gender)],
            sha256: "ab");

        var summary = DatasetSummary.Of(data);

        Assert.AreEqual((5, 3, 2), (summary.Rows, summary.Users, summary.Items));
        Assert.AreEqual(3 / 6.0, summary.Density!.Value, 1e-15, "pairs ax, bx, by of six");
        var column = summary.Columns.Single(c => c.Name == "income");
        Assert.AreEqual(("number", GroupSide.User, 1, 2), (column.Kind, column.Side, column.Missing, column.Distinct));
        Assert.AreEqual((10.0, 20.0, 30.0), (column.Min, column.Mean, column.Max));
        column = summary.Columns.Single(c => c.Name == "text");
        Assert.AreEqual(("text", 2, 2, null), (column.Kind, column.Missing, column.Distinct, column.Mean));
        Assert.AreEqual(0.5, summary.Label!.Mean);
        Assert.AreEqual(1, summary.Label.Missing);
        CollectionAssert.AreEqual(
            new[] { new ValueCount("0", 2), new ValueCount("1", 2) }, summary.Label.Values.ToArray());

        var attribute = summary.Groups.Single();
        Assert.AreEqual((1, 1), (attribute.Unknown, attribute.UnknownRows));
        var (f, m) = (attribute.Groups[0], attribute.Groups[1]);
        Assert.AreEqual(("f", 1, 2, 0.4, 0.5), (f.Name, f.Members, f.Rows, f.RowShare, f.LabelMean));
        Assert.AreEqual(("m", 1, 2, 0.4, 1.0), (m.Name, m.Members, m.Rows, m.RowShare, m.LabelMean));
        Assert.AreEqual((0.5, 0.0), (f.Missing["text"], f.Missing["income"]));
        Assert.AreEqual((0.0, 1.0, 0.5), (m.Missing["text"], m.Missing["income"], m.Missing["label"]));
        Assert.IsFalse(f.Missing.ContainsKey("user"));
    }

    [TestMethod]
    public void Of_SetWithoutUsersLabelAndGroups_LeavesThemOut()
    {
        var data = new Dataset("plain", new Table([new NumericColumn("x", new[] { 1.0 })]));
        var summary = DatasetSummary.Of(data);
        Assert.IsNull(summary.Users);
        Assert.IsNull(summary.Density);
        Assert.IsNull(summary.Label);
        Assert.IsEmpty(summary.Groups);
    }

    [TestMethod]
    public void Of_MovieLens_HasThePublishedDensity()
    {
        // 100,000 ratings, no pair twice, of 943 users times 1,682 films: 6.3 % (the publisher's figure).
        var summary = DatasetSummary.Of(PublicData.Load("ml-100k"));
        Assert.AreEqual(100_000 / (943.0 * 1682), summary.Density!.Value, 1e-15);
        Assert.AreEqual(3.52986, summary.Label!.Mean!.Value, 1e-12);
    }
}
