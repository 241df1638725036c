using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Tests.Reading;

namespace Evenhand.Data.Tests.Loading;

/// <summary>Filters that count and draw rows: counts by hand, laws on random rows.</summary>
[TestClass]
public sealed class FilterTests
{
    private const string Small = """
        a,x,1
        a,y,2
        b,x,3
        b,y,4
        c,x,5
        d,y,6
        d,z,7
        ,x,8
        """;

    [TestMethod]
    [DataRow("{ column: item, minCount: 2 }", "1234568", "z has one row")]
    [DataRow("{ column: item, minCount: 4 }", "1358", "y has three")]
    [DataRow("{ column: user, minCount: 2 }", "123467", "c has one row, the last no user")]
    [DataRow("{ column: user, minCount: 2, in: [a, c] }", "12", "counted after the other conditions")]
    [DataRow("{ column: user, in: [a, b, d] }, { column: item, minCount: 3 }", "246", "x has two rows by then")]
    [DataRow("{ kCore: { user: 2, item: 2 } }", "1234", "without c; without z, then without d")]
    [DataRow("{ kCore: { user: 1, item: 3 } }", "123456", "z goes; d and c have a row left, rows without user go")]
    [DataRow("{ column: item, minCount: 2 }, { kCore: { user: 2, item: 1 } }", "1234", "d has one row by then")]
    public void Load_FiltersThatCount_KeepWhatIsKeptByHand(string filters, string kept, string why)
    {
        Assert.AreEqual(kept, string.Concat(Load(Small, filters).Order(StringComparer.Ordinal)), why);
    }

    [TestMethod]
    public void Load_KCore_IsWhatRepeatedLeavingOutComesTo()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var rows = RandomRows(seed, 400);
            var left = rows.Select(line => line.Split(',')).ToList();
            int before;
            do
            {
                before = left.Count;
                var users = left.CountBy(row => row[0]).ToDictionary();
                left = [.. left.Where(row => users[row[0]] >= 4)];
                var items = left.CountBy(row => row[1]).ToDictionary();
                left = [.. left.Where(row => items[row[1]] >= 3)];
            }
            while (left.Count < before);

            Assert.IsTrue(left.Count is > 0 and < 400, $"seed {seed}: {left.Count}");
            CollectionAssert.AreEquivalent(
                left.ConvertAll(row => row[2]),
                Load(string.Join('\n', rows), "{ kCore: { user: 4, item: 3 } }"));
        }
    }

    [TestMethod]
    [DataRow("share: 0.25", 100)]
    [DataRow("share: 0.0001", 1)]
    [DataRow("count: 37", 37)]
    [DataRow("count: 5000", 400)]
    public void Load_SampleOfRows_HasItsSizeAndHangsOnTheSeedAlone(string size, int count)
    {
        var rows = RandomRows(1, 400);
        var drawn = Load(string.Join('\n', rows), $"{{ sample: {{ {size}, seed: 5 }} }}");
        Assert.HasCount(count, drawn);

        // In another order of rows the same are drawn, with another seed others.
        new SeedTree(2).CreateRandom().Shuffle(rows);
        CollectionAssert.AreEquivalent(drawn, Load(string.Join('\n', rows), $"{{ sample: {{ {size}, seed: 5 }} }}"));
        var other = Load(string.Join('\n', rows), $"{{ sample: {{ {size}, seed: 6 }} }}");
        Assert.AreEqual(count == 400, drawn.Order().SequenceEqual(other.Order()));
    }

    [TestMethod]
    public void Load_SampleOfRows_DrawsEachAsOften()
    {
        // 300 seeds, a quarter drawn: 75 times each, standard deviation 7.5; 200 rows stay within 4.5 of it.
        var text = string.Join('\n', RandomRows(3, 200));
        var times = Enumerable.Range(0, 300)
            .SelectMany(seed => Load(text, $"{{ sample: {{ share: 0.25, seed: {seed} }} }}"))
            .CountBy(number => number).ToDictionary();
        Assert.HasCount(200, times);
        Assert.IsTrue(times.Values.All(time => Math.Abs(time - 75) < 4.5 * 7.5), string.Join(' ', times.Values.Order()));
    }

    [TestMethod]
    public void Load_SampleOfRowsWithKeys_StaysWhenAnotherColumnIsRead()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "user,item,note\n" + string.Concat(
            Enumerable.Range(0, 100).Select(row => $"u{row},i{row % 7},n{row % 3}\n")));
        string Users(string more) => TableText.Of(
            DatasetLoader.Load(folder.Describe($$"""
                name: shop
                title: Shop
                rows:
                  files: [{ path: rows.csv }]
                  columns: [{ name: user, type: category, role: user }, { name: item, type: category, role: item }{{more}}]
                filters: [{ sample: { count: 20 } }]
                """)).Rows,
            "user");
        Assert.HasCount(20, Users("").Split('|'));
        Assert.AreEqual(Users(""), Users(", { name: note, type: category }"));
    }

    [TestMethod]
    public void Load_SampleOfEqualRows_DrawsEachByItself()
    {
        var text = string.Join('\n', Enumerable.Repeat("a,x,1", 1000));
        Assert.HasCount(300, Load(text, "{ sample: { share: 0.3 } }"));
    }

    [TestMethod]
    [DataRow("user", 0)]
    [DataRow("item", 1)]
    public void Load_SampleOfEntities_KeepsAllTheirRowsInAnyOrder(string of, int column)
    {
        var rows = RandomRows(4, 400);
        var filter = $"{{ sample: {{ of: {of}, count: 10 }} }}";
        var drawn = Load(string.Join('\n', rows), filter).ToHashSet();
        var entities = rows.Where(row => drawn.Contains(row.Split(',')[2])).Select(row => row.Split(',')[column]).ToHashSet();
        Assert.HasCount(10, entities);
        Assert.AreEqual(rows.Count(row => entities.Contains(row.Split(',')[column])), drawn.Count);

        new SeedTree(2).CreateRandom().Shuffle(rows);
        Assert.IsTrue(drawn.SetEquals(Load(string.Join('\n', rows), filter)));
    }

    [TestMethod]
    public void Load_FilterThatLeavesNothing_SaysWhich()
    {
        var error = Assert.ThrowsExactly<InputException>(
            () => Load(Small, "{ column: number, min: 2 }, { kCore: { user: 3, item: 3 } }"));
        Assert.AreEqual("filter 2 (kCore of 3 and 3) leaves none of the 7 rows that came to it.", error.Message);
    }

    [TestMethod]
    public void Load_BadValuesThatAreMissing_KeepTheirRowsAndAreCounted()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "id,score,day\na,1,2024-01-02\nb,high,2024-01-03\nc,low,sometime\nd,4,1,2024-01-04\n");
        var descriptor = folder.DescribeRows(
            "rows.csv",
            "",
            "name: id, type: category",
            "name: score, type: number, onBadValue: missing",
            "name: day, type: date, onBadValue: missing");
        var rows = DatasetLoader.Load(
            descriptor, new LoadOptions { OnBadRow = BadRowPolicy.Skip }, out var report).Rows;
        Assert.AreEqual("a|b|c", TableText.Of(rows, "id"));
        Assert.AreEqual("1|-|-", TableText.Of(rows, "score"));
        Assert.AreEqual("1704153600|1704240000|-", TableText.Of(rows, "day"));
        Assert.AreEqual(1, report.BadRowCount);
        Assert.HasCount(2, report.Notes);
        Assert.StartsWith("column 'score': 2 bad values are missing; the first: ", report.Notes[0]);
        Assert.Contains("rows.csv(3,3): expected a number, found 'high'", report.Notes[0]);
        Assert.StartsWith("column 'day': 1 bad values are missing; the first: ", report.Notes[1]);
    }

    [TestMethod]
    public void Load_RangeOfDerivedNumbers_LeavesOthersMissing()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "title,price\nAlien (1979),10\nSolaris (72),20\nUr (3999),30\n");
        var rows = DatasetLoader.Load(folder.Describe("""
            name: films
            title: Films
            rows:
              files: [{ path: rows.csv }]
              columns: [{ name: title, type: text }, { name: price, type: number }]
            derive:
              - { name: year, from: title, extract: '\((\d+)\)', type: number, range: [1900, 2100] }
              - { name: squared, product: [price, price], range: [0, 400] }
            """)).Rows;
        Assert.AreEqual("1979|-|-", TableText.Of(rows, "year"));
        Assert.AreEqual("100|400|-", TableText.Of(rows, "squared"));
    }

    [TestMethod]
    public void Warnings_ManyBadRows_TellTenAndTheirNumber()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "score\n" + string.Concat(Enumerable.Repeat("high\n", 25)));
        DatasetLoader.Load(
            folder.DescribeRows("rows.csv", "", "name: score, type: number"),
            new LoadOptions { OnBadRow = BadRowPolicy.Skip },
            out var report);
        var warnings = report.Warnings().ToArray();
        Assert.HasCount(11, warnings);
        Assert.EndsWith("rows.csv(11,1): column 'score': expected a number, found 'high'.", warnings[9]);
        Assert.AreEqual("25 bad rows in all; these are the first 10.", warnings[10]);
    }

    // The numbers of the rows that are left.
    private static List<string> Load(string rows, string filters)
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", $"user,item,number\n{rows}\n");
        var table = DatasetLoader.Load(folder.Describe($"""
            name: shop
            title: Shop
            rows:
              files: [{"{"} path: rows.csv {"}"}]
              columns:
                - {"{"} name: user, type: category, role: user {"}"}
                - {"{"} name: item, type: category, role: item {"}"}
                - {"{"} name: number, type: number {"}"}
            filters: [{filters}]
            """)).Rows;
        return [.. TableText.Of(table, "number").Split('|')];
    }

    private static string[] RandomRows(int seed, int count)
    {
        var random = new SeedTree(seed).CreateRandom();
        return [.. Enumerable.Range(0, count).Select(number => $"u{random.Next(80)},i{random.Next(80)},{number}")];
    }
}
