using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Splits;
using Evenhand.Data.Summary;
using Evenhand.Data.Tests.Reading;
using Evenhand.TestKit.Data;

namespace Evenhand.Data.Tests.Loading;

/// <summary>Sets of categories from the file to the parts of a split.</summary>
[TestClass]
public sealed class CategorySetLoadingTests
{
    private const string Topics = """
        name: set
        title: Topics of texts
        rows:
          files: [{ path: rows.csv }]
          columns:
            - { name: text, type: text, role: text }
            - { name: topics, type: categories, map: { f: food }, missing: ["?"] }
        label: { column: topics }
        """;

    [TestMethod]
    public void Load_DelimitedSets_AreSplitTrimmedAndMapped()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "text,topics\na,price| f\nb,?\nc,\nd,|\ne,food|price|food\n");
        var topics = (CategorySetColumn)DatasetLoader.Load(folder.Describe(Topics)).Label!;
        CollectionAssert.AreEqual(new[] { "price", "food" }, topics.Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(
            new[] { "price|food", null, null, "", "price|food" }, Enumerable.Range(0, 5).Select(topics.Format).ToArray());
        Assert.AreEqual(2, topics.MissingCount);
        Assert.IsTrue(topics.Roles.HasFlag(ColumnRoles.Label));
    }

    [TestMethod]
    public void Load_OtherSeparator_IsUsed()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "topics\na; b\n");
        var table = folder.Read("rows.csv", "", "name: topics, type: categories, separator: \";\"");
        Assert.AreEqual("a|b", table["topics"].Format(0));
    }

    [TestMethod]
    public void Load_JsonArrays_AreSets()
    {
        using var folder = new DataFolder();
        folder.Write("rows.json", """
            {"topics": ["a", "b\"c"]}
            {"topics": []}
            {"topics": null}
            {"topics": "b|a"}
            {"topics": [1, 2]}
            """);
        var table = folder.Read("rows.json", "kind: json-lines", "name: topics, type: categories");
        CollectionAssert.AreEqual(
            new[] { "a|b\"c", "", null, "a|b", "1|2" }, Enumerable.Range(0, 5).Select(table["topics"].Format).ToArray());
    }

    [TestMethod]
    public void Load_ArrayOfArrays_IsABadRowEachTime()
    {
        using var folder = new DataFolder();
        folder.Write("rows.json", "{\"topics\": [[1]]}\n{\"topics\": [\"a\"]}\n{\"topics\": [[1]]}\n");
        var descriptor = folder.DescribeRows("rows.json", "kind: json-lines", "name: topics, type: categories");
        var problem = Assert.ThrowsExactly<InputException>(() => DatasetLoader.Load(descriptor));
        Assert.Contains("column 'topics': expected an array of texts, found '[[1]]'", problem.Message);
        var data = DatasetLoader.Load(descriptor, new LoadOptions { OnBadRow = BadRowPolicy.Skip }, out var report);
        Assert.AreEqual(2, report.BadRowCount);
        Assert.AreEqual("a", data.Rows["topics"].Format(0));
    }

    [TestMethod]
    [DataRow("in: [price]", "price|food,price")]
    [DataRow("notIn: [price]", "food,,-")]
    [DataRow("present: true", "price|food,food,,price")]
    public void Load_FilterOfSets_AsksAnyAndForbidsEach(string filter, string expected)
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "text,topics\na,price|food\nb,food\nc,|\nd,\ne,price\n");
        var topics = (CategorySetColumn)DatasetLoader
            .Load(folder.Describe($"{Topics}\nfilters: [{{ column: topics, {filter} }}]")).Label!;
        Assert.AreEqual(
            expected, string.Join(',', Enumerable.Range(0, topics.Length).Select(row => topics.Format(row) ?? "-")));
        Assert.DoesNotContain(
            name => !expected.Contains(name, StringComparison.Ordinal), topics.Vocabulary.Values, "only what occurs");
    }

    [TestMethod]
    public void Load_PositiveCategory_MakesOneLabelOfTheSet()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "text,topics\na,price|food\nb,food\nc,|\nd,\n");
        var yaml = Topics.Replace("column: topics }", "column: topics, positive: [price] }", StringComparison.Ordinal);
        var label = (NumericColumn)DatasetLoader.Load(folder.Describe(yaml)).Label!;
        CollectionAssert.AreEqual(new[] { 1, 0, 0, double.NaN }, label.Values.ToArray());
        var wrong = yaml.Replace("[price]", "[price], negative: [food]", StringComparison.Ordinal);
        Assert.Contains(
            "leave 'negative' out", Assert.ThrowsExactly<InputException>(() => folder.Describe(wrong)).Message);
    }

    [TestMethod]
    public void Describe_SeparatorOfANumber_IsRefused()
    {
        using var folder = new DataFolder();
        var problem = Assert.ThrowsExactly<InputException>(
            () => folder.DescribeRows("rows.csv", "", "name: a, type: number, separator: \";\""));
        Assert.Contains("only a set of categories has a separator", problem.Message);
    }

    [TestMethod]
    public void Summary_SetsAsLabel_CountsRowsOfEachCategory()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "text,topics\na,price|food\nb,food\nc,|\nd,\n");
        var summary = DatasetSummary.Of(DatasetLoader.Load(folder.Describe(Topics)));
        CollectionAssert.AreEqual(
            new[] { new ValueCount("food", 2), new ValueCount("price", 1) }, summary.Label!.Values.ToArray());
        Assert.AreEqual(1, summary.Label.Missing);
        var column = summary.Columns.Single(c => c.Name == "topics");
        Assert.AreEqual(("categories", 2, 1), (column.Kind, column.Distinct, column.Missing));
    }

    [TestMethod]
    public void FromParts_OtherOrderOfCategories_GivesCodesThatMeanTheSame()
    {
        Dataset Part(params string[][] sets) => new(
            "part", new Table([CategorySetColumn.FromValues("topics", sets, ColumnRoles.Label)]));
        var split = DataSplit.FromParts(
            Part(["a"], ["b"]), Part(["b", "a"]), Part(["c", "b"]), new SplitOptions(), new SeedTree(0));
        var (train, test) = ((CategorySetColumn)split.Train.Label!, (CategorySetColumn)split.Test.Label!);
        CollectionAssert.AreEqual(new[] { "a", "b" }, train.Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, test.Vocabulary.Values.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2 }, test.Codes(0).ToArray());
        Assert.AreEqual("a|b", split.Validation.Label!.Format(0));
    }

    // 200 rows: all have the frequent label, 20 of them the rare one, which chance alone spreads unevenly.
    [TestMethod]
    public void Split_Stratified_SpreadsTheRarestLabelExactly()
    {
        var sets = Enumerable.Range(0, 200).Select(
            row => row % 10 == 0 ? new[] { "frequent", "rare" } : ["frequent"]);
        var data = new Dataset("sets", new Table([CategorySetColumn.FromValues("topics", sets, ColumnRoles.Label)]));
        var options = new SplitOptions { Strategy = SplitStrategy.Stratified, Train = 0.8, Validation = 0.1, Test = 0.1 };
        for (var seed = 0; seed < 5; seed++)
        {
            var split = Splitter.Split(data, options, new SeedTree(seed));
            int Rare(Dataset part) => Enumerable.Range(0, part.RowCount).Count(
                row => ((CategorySetColumn)part.Label!).Codes(row).Length == 2);
            Assert.AreEqual((16, 2, 2), (Rare(split.Train), Rare(split.Validation), Rare(split.Test)));
        }
    }

    [TestMethod]
    public void Load_ClassesOfHotelReviews_AreThreeOfOneSize()
    {
        var data = PublicData.Load("hotel-reviews-gender/classes");
        var label = (CategoricalColumn)data.Label!;
        CollectionAssert.AreEquivalent(new[] { "negative", "neutral", "positive" }, label.Vocabulary.Values.ToArray());
        Assert.AreEqual(1998, label.Codes.ToArray().Count(code => code == 0));
    }
}
