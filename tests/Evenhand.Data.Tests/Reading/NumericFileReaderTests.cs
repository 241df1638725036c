using System.Globalization;
using System.Text;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.TestKit;
using FsCheck.Fluent;

namespace Evenhand.Data.Tests.Reading;

/// <summary>The fast way must give what the general reader gives. A comment character that never occurs sends a file to
/// the general reader.</summary>
[TestClass]
public sealed class NumericFileReaderTests
{
    private static readonly string[] Columns =
        ["name: user, type: category", "name: item, type: category", "name: rating, type: number"];

    [TestMethod]
    public void Read_AnyNumbers_EqualsTheGeneralReader()
    {
        using var folder = new DataFolder();
        var number = Gen.OneOf(
            Gen.Choose(-2000, 2000).Select(n => n.ToString(CultureInfo.InvariantCulture)),
            Gen.Choose(-2000, 2000).Select(n => (n / 8.0).ToString("R", CultureInfo.InvariantCulture)),
            Gen.Choose(0, int.MaxValue).Select(n => (n * 1.234567e-7).ToString("R", CultureInfo.InvariantCulture)),
            Gen.Elements("0.1", "1e3", "-0", "007.50", "12345678901234567890", "4.9e-324", "0.30000000000000004",
                "5."));
        var id = Gen.OneOf(Gen.Choose(0, 50), Gen.Choose(0, int.MaxValue)).Select(n =>
            n.ToString(CultureInfo.InvariantCulture));
        var line = from user in id
                   from item in id
                   from rating in number
                   from end in Gen.Elements("\n", "\r\n", "\n\n")
                   select $"{user}\t{item}\t{rating}{end}";
        Properties.Check(line.ListOf().Where(l => l.Count > 0), lines =>
        {
            folder.Write("data.tsv", string.Concat(lines));
            var fast = folder.Read("data.tsv", "delimiter: tab, header: false, quotes: false", Columns);
            var general = folder.Read("data.tsv", "delimiter: tab, header: false, quotes: false, comment: \"#\"",
                Columns);
            Assert.AreEqual(TableText.Of(general), TableText.Of(fast));
            CollectionAssert.AreEqual(
                ((CategoricalColumn)general["user"]).Vocabulary.Values.ToArray(),
                ((CategoricalColumn)fast["user"]).Vocabulary.Values.ToArray());
        });
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(7)]
    public void Read_AnyNumberOfThreads_GivesTheSame(int threads)
    {
        using var folder = new DataFolder();
        var random = new SeedTree(5).CreateRandom();
        var text = new StringBuilder();
        var users = new List<string>();
        var sum = 0.0;
        for (var row = 0; row < 400_000; row++)
        {
            var (user, item, rating) = (random.Next(3000) * 1_000_003L, random.Next(500), random.Next(2, 11) / 2.0);
            users.Add(user.ToString(CultureInfo.InvariantCulture));
            sum += rating;
            text.Append(CultureInfo.InvariantCulture, $"{user} {item} {rating}\n");
        }

        folder.Write("data.txt", text.ToString());
        var descriptor = folder.DescribeRows("data.txt", "delimiter: \" \", header: false, quotes: false", Columns);
        var rows = DatasetLoader.Load(descriptor, new LoadOptions { Threads = threads }).Rows;
        var column = (CategoricalColumn)rows["user"];
        CollectionAssert.AreEqual(
            users.Distinct().ToArray(), column.Vocabulary.Values.ToArray(), "codes in order of first appearance");
        Assert.IsTrue(users.Select(u => column.Vocabulary.CodeOf(u)).SequenceEqual(column.Codes.ToArray()));
        Assert.AreEqual(sum, ((NumericColumn)rows["rating"]).Values.ToArray().Sum());
    }

    [TestMethod]
    [DataRow("1,2\n03,4\n", "1|03")]
    [DataRow("1,2\n,4\n", "1|-")]
    [DataRow("1,2\n-3,4\n", "1|-3")]
    [DataRow("1,2\nab,4\n", "1|ab")]
    [DataRow("1,2\n\"3\",4\n", "1|3")]
    [DataRow("1,2\n99999999999999999999,4", "1|99999999999999999999")]
    public void Read_IdsThatAreNoPlainNumbers_StayAsTheyAreWritten(string content, string expected)
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", content);
        var table = folder.Read("data.csv", "header: false", "name: id, type: category", "name: x, type: number");
        Assert.AreEqual(expected, TableText.Of(table, "id"));
    }

    [TestMethod]
    public void Read_ColumnsInAnotherOrderThanTheHeader_AreFound()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "a,name,b\r\n1,x y,2.5\r\n3,z,4\r\n");
        var table = folder.Read("data.csv", "", "name: b, type: number, range: [3, 9]", "name: a, type: category");
        Assert.AreEqual("-|4", TableText.Of(table, "b"));
        Assert.AreEqual("1|3", TableText.Of(table, "a"));
    }

    [TestMethod]
    public void Load_CancelledOnTheFastWay_Stops()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", string.Concat(Enumerable.Repeat("1,2\n", 1_000_000)));
        using var source = new CancellationTokenSource();
        var options = new LoadOptions
        {
            CancellationToken = source.Token,
            Progress = _ => source.Cancel(),
        };
        var descriptor = folder.DescribeRows(
            "data.csv", "header: false, quotes: false", "name: a, type: number", "name: b, type: number");
        Assert.ThrowsExactly<OperationCanceledException>(() => DatasetLoader.Load(descriptor, options));
    }
}
