using System.Text;
using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Tests.Reading;

/// <summary>Small files in every form; the expected values are worked by hand.</summary>
[TestClass]
public sealed class TableReaderTests
{
    [TestMethod]
    public void Read_QuotedFields_KeepDelimitersQuotesAndLineBreaks()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "id,note\n1,\"a,b\"\n2,\"say \"\"yes\"\"\"\n3,\"two\nlines\"\n4,\n5,\"\"\n");
        var table = folder.Read("data.csv", "", "name: id, type: number", "name: note, type: text");
        Assert.AreEqual("a,b|say \"yes\"|two\nlines|-|-", TableText.Of(table, "note"));
        Assert.AreEqual("1|2|3|4|5", TableText.Of(table, "id"));
    }

    [TestMethod]
    public void Read_WithoutQuotes_TakesThemAsCharacters()
    {
        using var folder = new DataFolder();
        folder.Write("data.tsv", "id\tnote\n1\t\"a\n2\tb\"\"c\n");
        var table = folder.Read("data.tsv", "delimiter: tab, quotes: false", "name: id, type: number",
            "name: note, type: text");
        Assert.AreEqual("\"a|b\"\"c", TableText.Of(table, "note"));
    }

    [TestMethod]
    public void Read_ByteOrderMark_IsPassedOver()
    {
        using var folder = new DataFolder();
        foreach (var quotes in new[] { "true", "false" })
        {
            folder.Write("data.csv", "\uFEFFid,x\n1,2\n");
            var table = folder.Read("data.csv", $"quotes: {quotes}", "name: id, type: category",
                "name: x, type: number");
            Assert.AreEqual("1", TableText.Of(table, "id"));
        }
    }

    [TestMethod]
    public void Read_Latin1_IsTranscoded()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", Encoding.Latin1.GetBytes("title|n\nLe D\u00EEner|1\n"));
        foreach (var quotes in new[] { "true", "false" })
        {
            var table = folder.Read(
                "data.csv", $"encoding: iso-8859-1, delimiter: \"|\", quotes: {quotes}", "name: title, type: text");
            Assert.AreEqual("Le D\u00EEner", TableText.Of(table, "title"));
        }
    }

    [TestMethod]
    public void Read_BlanksOfAnyNumber_AreOneDelimiter()
    {
        using var folder = new DataFolder();
        folder.Write("data.txt", "  id   day  spend \r\n 0001 19970101  1   \r\n 2\t19970112   11.77\r\n\r\n");
        var table = folder.Read(
            "data.txt",
            "delimiter: blanks, quotes: false",
            "name: id, type: category",
            "name: day, type: date, formats: [yyyyMMdd]",
            "name: spend, type: number");
        Assert.AreEqual("0001|2", TableText.Of(table, "id"));
        Assert.AreEqual("1|11.77", TableText.Of(table, "spend"));

        // 1997-01-01 is day 9862 since 1970-01-01: 27 years of 365 days and 7 leap days.
        Assert.AreEqual($"{9862 * 86400}|{9873 * 86400}", TableText.Of(table, "day"));
    }

    [TestMethod]
    public void Read_DelimiterOfTwoCharacters_LeavesSingleOnesAlone()
    {
        using var folder = new DataFolder();
        folder.Write("movies.dat", "1::Mission: Impossible::A|B\n2::X::C\n");
        var table = folder.Read(
            "movies.dat",
            "delimiter: \"::\", header: false, quotes: false",
            "name: id, type: category",
            "name: title, type: text",
            "name: genres, type: category");
        Assert.AreEqual("Mission: Impossible|X", TableText.Of(table, "title"));
    }

    [TestMethod]
    public void Read_DecimalCommaMissingMarkersAndRange_GiveNumbers()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "x;y\n1,5;7\nn/a;8\n-2,25;900\n;?\n1e2; 3 \n");
        var table = folder.Read(
            "data.csv",
            "delimiter: \";\", decimal: \",\", missing: [n/a]",
            "name: x, type: number",
            "name: y, type: number, range: [0, 100], missing: [\"?\"]");
        Assert.AreEqual("1.5|-|-2.25|-|100", TableText.Of(table, "x"));
        Assert.AreEqual("7|8|-|-|3", TableText.Of(table, "y"));
    }

    [TestMethod]
    public void Read_TrimAndMap_GiveOneValueForSeveral()
    {
        using var folder = new DataFolder();
        folder.Write("adult.test", "|1x3 Cross validator\n25, Male, <=50K.\n38, Female, >50K\n28, ?, <=50K\n\n");
        var table = folder.Read(
            "adult.test",
            "header: false, quotes: false, trim: true, missing: [\"?\"], comment: \"|\"",
            "name: age, type: number",
            "name: sex, type: category, map: { Male: male, Female: female }",
            "name: income, type: category, map: { \"<=50K.\": \"<=50K\" }");
        Assert.AreEqual("male|female|-", TableText.Of(table, "sex"));
        Assert.AreEqual("<=50K|>50K|<=50K", TableText.Of(table, "income"));
        Assert.AreEqual(2, ((CategoricalColumn)table["income"]).Vocabulary.Count);
    }

    [TestMethod]
    public void Read_RepeatedAndEmptyHeaderCells_HaveNamesOfTheirOwn()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", ",score,score\n7,1,2\n");
        var table = folder.Read(
            "data.csv",
            "",
            "name: index, from: column-1, type: number",
            "name: first, from: score, type: number",
            "name: second, from: score.2, type: number");
        Assert.AreEqual("7", TableText.Of(table, "index"));
        Assert.AreEqual("1", TableText.Of(table, "first"));
        Assert.AreEqual("2", TableText.Of(table, "second"));
    }

    [TestMethod]
    public void Read_Zip_SkipsMacintoshEntries()
    {
        using var folder = new DataFolder();
        folder.WriteZip("data.zip", ("__MACOSX/._d.csv", [1, 2, 3]), ("folder/", []),
            ("folder/d.csv", "id\nx\n"u8.ToArray()));
        Assert.AreEqual("x", TableText.Of(folder.Read("data.zip", "", "name: id, type: category"), "id"));
    }

    [TestMethod]
    public void Read_Gzip_IsUnpacked()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv.gz", "id\nx\ny\n");
        Assert.AreEqual("x|y", TableText.Of(folder.Read("data.csv.gz", "", "name: id, type: category"), "id"));
    }

    [TestMethod]
    public void Read_JsonLines_TakesNestedKeysByPath()
    {
        using var folder = new DataFolder();
        folder.Write("data.jsonl", """
            {"user": {"id": "u1", "home": {"city": "Graz"}}, "stars": 4, "text": "a \"b\"\nc", "helpful": [1, 2]}

            {"stars": 2.5, "user": {"id": 7}, "text": null, "other": {"user": {"id": "no"}}}
            """);
        var table = folder.Read(
            "data.jsonl",
            "kind: json-lines",
            "name: user, from: user.id, type: category",
            "name: city, from: user.home.city, type: category",
            "name: stars, type: number",
            "name: text, type: text",
            "name: helpful, type: text");
        Assert.AreEqual("u1|7", TableText.Of(table, "user"));
        Assert.AreEqual("Graz|-", TableText.Of(table, "city"));
        Assert.AreEqual("4|2.5", TableText.Of(table, "stars"));
        Assert.AreEqual("a \"b\"\nc|-", TableText.Of(table, "text"));
        Assert.AreEqual("[1, 2]|-", TableText.Of(table, "helpful"));
    }

    [TestMethod]
    public void Read_Dates_AreSecondsSince1970Utc()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "day\n1970-01-02\n2000-03-01 00:00:01\n\n");
        var table = folder.Read("data.csv", "", "name: day, type: date");

        // 2000-03-01 is day 11017: 30 years of 365 days, 7 leap days before 2000, 31 + 29 days.
        Assert.AreEqual($"86400|{(11017L * 86400) + 1}", TableText.Of(table, "day"));
    }

    [TestMethod]
    public void Read_DateFormats_AreTriedInTheOrderGiven()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "day\n20240105\n1704412800\n");
        long[] byDay = [1704412800, 1704412800];
        long[] bySecond = [20240105, 1704412800];

        Assert.AreEqual(string.Join('|', byDay), TableText.Of(
            folder.Read("data.csv", "", "name: day, type: date, formats: [yyyyMMdd, unix]"), "day"));
        Assert.AreEqual(string.Join('|', bySecond), TableText.Of(
            folder.Read("data.csv", "", "name: day, type: date, formats: [unix, yyyyMMdd]"), "day"));
    }

    [TestMethod]
    public void Read_TwoColumnsFromOneKey_BothHoldIt()
    {
        using var folder = new DataFolder();
        folder.Write("data.json", "{\"stars\": 4}\n{\"stars\": 2}\n");
        folder.Write("data.csv", "stars\n4\n2\n");
        foreach (var (file, format) in new[] { ("data.json", "kind: json-lines"), ("data.csv", "") })
        {
            var table = folder.Read(
                file, format, "name: rating, from: stars, type: number", "name: band, from: stars, type: category");
            Assert.AreEqual("4|2", TableText.Of(table, "rating"));
            Assert.AreEqual("4|2", TableText.Of(table, "band"));
        }
    }

    [TestMethod]
    public void Read_EmptyFileWithHeader_HasNoRows()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "id,x\n");
        Assert.AreEqual(0, folder.Read("data.csv", "", "name: id, type: category", "name: x, type: number").RowCount);
    }

    [TestMethod]
    public void Load_Cancelled_Stops()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "id\n" + string.Concat(Enumerable.Repeat("x\n", 20_000)));
        using var source = new CancellationTokenSource();
        var options = new LoadOptions
        {
            CancellationToken = source.Token,
            Progress = _ => source.Cancel(),
        };
        var descriptor = folder.DescribeRows("data.csv", "", "name: id, type: category");
        Assert.ThrowsExactly<OperationCanceledException>(() => DatasetLoader.Load(descriptor, options));
    }

    [TestMethod]
    public void Load_Progress_EndsAtAllBytes()
    {
        using var folder = new DataFolder();
        var path = folder.Write("data.csv", "id\n" + string.Concat(Enumerable.Repeat("x\n", 20_000)));
        var last = default(WorkProgress);
        DatasetLoader.Load(
            folder.DescribeRows("data.csv", "", "name: id, type: category"),
                new LoadOptions { Progress = p => last = p });
        var length = new FileInfo(path).Length;
        Assert.AreEqual(new WorkProgress(length, length, "bytes"), last);
    }
}
