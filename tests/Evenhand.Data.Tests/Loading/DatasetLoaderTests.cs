using System.Security.Cryptography;
using System.Text;
using Evenhand.Configuration;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Tests.Reading;

namespace Evenhand.Data.Tests.Loading;

/// <summary>Joins, derived columns, filters, labels and groups on tables small enough to work by hand.</summary>
[TestClass]
public sealed class DatasetLoaderTests
{
    private const string Yaml = """
        name: shop
        title: Shop
        rows:
          files:
            - { path: a.csv, part: train, set: { source: web } }
            - { path: b.csv, part: test }
          columns:
            - { name: user, type: category, role: user }
            - { name: item, type: category, role: item }
            - { name: rating, type: number }
            - { name: state, type: category }
        users:
          files: [{ path: users.csv }]
          columns:
            - { name: user, from: id, type: category, role: user }
            - { name: age, type: number }
            - { name: gender, type: category, map: { M: male, F: female } }
        items:
          files: [{ path: items.csv }]
          columns:
            - { name: item, type: category, role: item }
            - { name: title, type: text }
            - { name: drama, type: number }
            - { name: comedy, type: number }
        filters:
          - { column: state, notIn: [void] }
          - { column: rating, min: 1, max: 5 }
        derive:
          - { name: age-band, side: user, from: age, bands: [18, 25, 26] }
          - { name: activity, side: user, frequency: { top: 0.34 } }
          - { name: year, side: item, from: title, extract: '\((\d{4})\)', type: number }
          - { name: decade, side: item, from: title, extract: '\((\d{3})' }
          - { name: genre, side: item, firstOf: { drama: Drama, comedy: Comedy }, otherwise: none }
          - { name: area, from: state, map: { N: north }, otherwise: south }
          - { name: squared, product: [rating, rating] }
          - { name: words, role: text, join: [state, source], separator: "-" }
        label: { column: rating, positive: ["4", "5"] }
        groups:
          user: [gender, age-band]
          item: [genre]
          row: [area]
        """;

    [TestMethod]
    public void Load_JoinedTables_DescribeUsersAndItemsByCode()
    {
        using var folder = Shop();
        var data = DatasetLoader.Load(folder.Describe(Yaml), null, out var report);
        Assert.AreEqual("u1|u2|u1|u3|u9", TableText.Of(data.Rows, "user"));
        Assert.AreEqual("24|25|-|-", TableText.Of(data.Users!, "age"));
        Assert.AreEqual("female|male|male|-", TableText.Of(data.Users!, "gender"));
        Assert.AreEqual("Ran (1985)|Brazil|-", TableText.Of(data.Items!, "title"));
        Assert.AreEqual("18-24|25|-|-", TableText.Of(data.Users!, "age-band"));
        Assert.AreEqual((8L, 3L), (report.RowsRead, report.RowsFiltered));
        CollectionAssert.AreEquivalent(
            new[]
            {
                "1 of 4 users have no row in the table of users.",
                "1 rows of the table of users repeat a key; the first row counts.",
            },
            report.Notes.ToArray());
    }

    [TestMethod]
    public void Load_DerivedColumns_AreComputed()
    {
        using var folder = Shop();
        var data = DatasetLoader.Load(folder.Describe(Yaml));
        Assert.AreEqual("1985|-|-", TableText.Of(data.Items!, "year"));
        Assert.AreEqual("198|-|-", TableText.Of(data.Items!, "decade"));
        Assert.AreEqual("Drama|Comedy|none", TableText.Of(data.Items!, "genre"));
        Assert.AreEqual("north|south|south|north|-", TableText.Of(data.Rows, "area"));
        Assert.AreEqual("25|9|16|1|16", TableText.Of(data.Rows, "squared"));
        Assert.AreEqual("N-web|S-web|W-web|N|-", TableText.Of(data.Rows, "words"));
        Assert.AreEqual("1|0|1|0|1", TableText.Of(data.Rows, "rating"));
        Assert.AreEqual("train|train|train|test|test", TableText.Of(data.Rows, "part"));

        // A third of four users, rounded up, are two: u1 has two rows, then u2 comes first.
        Assert.AreEqual("head|head|tail|tail", TableText.Of(data.Users!, "activity"));
    }

    [TestMethod]
    public void Load_GroupsAskedFor_AreTheOnlyOnes()
    {
        using var folder = Shop();
        var descriptor = folder.Describe(Yaml);
        Assert.AreEqual("area,gender,age-band,genre",
            string.Join(',', DatasetLoader.Load(descriptor).Groups.Select(g => g.Name)));
        var asked = new Dictionary<GroupSide, IReadOnlyList<string>> { [GroupSide.User] = ["gender"] };
        var data = DatasetLoader.Load(descriptor, new LoadOptions { Groups = asked });
        Assert.AreEqual("gender", data.Groups.Single().Name);
        Assert.AreEqual(ColumnRoles.Group, data.Users!["gender"].Roles);
        Assert.AreEqual(ColumnRoles.None, data.Users!["age-band"].Roles);
    }

    [TestMethod]
    [DataRow(GroupSide.User, "gendre", "has no group 'gendre' of the user. Did you mean 'gender'?")]
    [DataRow(GroupSide.Item, "gender", "It is a group of the user: write it under 'user'.")]
    public void Load_UnknownGroup_NamesTheNearestOrTheSide(GroupSide side, string name, string words)
    {
        using var folder = Shop();
        var asked = new Dictionary<GroupSide, IReadOnlyList<string>> { [side] = [name] };
        var error = Assert.ThrowsExactly<InputException>(
            () => DatasetLoader.Load(folder.Describe(Yaml), new LoadOptions { Groups = asked }));
        Assert.Contains(words, error.Message);
    }

    [TestMethod]
    public void Load_KeysThatNeverMatch_IsAnError()
    {
        using var folder = Shop();
        folder.Write("users.csv", "id,age,gender\n0001,24,F\n");
        var error = Assert.ThrowsExactly<InputException>(() => DatasetLoader.Load(folder.Describe(Yaml)));
        Assert.Contains("the keys do not match", error.Message);
    }

    [TestMethod]
    public void Load_LabelThatIsNowherePositive_IsAnErrorThatNamesItsValues()
    {
        using var folder = Shop();
        var yaml = Yaml.Replace("positive: [\"4\", \"5\"]", "positive: [good, great]");
        var error = Assert.ThrowsExactly<InputException>(() => DatasetLoader.Load(folder.Describe(yaml), null, out _));
        StringAssert.Contains(error.Message, "the label 'rating' of the data set 'shop' is nowhere 'good' or 'great'");
        StringAssert.Contains(error.Message, "it holds '");
    }

    [TestMethod]
    public void Load_LabelThatIsNeitherPositiveNorNegative_IsAnError()
    {
        using var folder = Shop();
        var yaml = Yaml.Replace("positive: [\"4\", \"5\"]", "positive: [\"5\"], negative: [\"1\", \"3\"]");
        var error = Assert.ThrowsExactly<InputException>(() => DatasetLoader.Load(folder.Describe(yaml)));
        Assert.Contains("the value '4' in row 3", error.Message);
    }

    [TestMethod]
    public void Load_SetThatIsNotThere_SaysHowToGetIt()
    {
        using var folder = new DataFolder();
        var options = new LoadOptions { DataRoot = folder.Path };
        var error = Assert.ThrowsExactly<InputException>(
            () => DatasetLoader.Load(DataCatalogue.Default.Get("ml-100k"), options));
        Assert.Contains("'evenhand data get ml-100k' fetches it", error.Message);
        error = Assert.ThrowsExactly<InputException>(
            () => DatasetLoader.Load(DataCatalogue.Default.Get("insteval"), options));
        Assert.Contains("In R with the package lme4", error.Message);
    }

    [TestMethod]
    public void Find_NamedFolderThatDoesNotExist_IsAnError() =>
        Assert.Contains("does not exist",
            Assert.ThrowsExactly<InputException>(() => DataRoot.Find("no/such/folder")).Message);

    [TestMethod]
    public void Sha256_OfOneFile_IsItsOwn_OfSeveral_IsThatOfTheList()
    {
        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        using var folder = new DataFolder();
        folder.Write("rows.csv", "id\nx\n");
        var one = DatasetLoader.Load(folder.DescribeRows("rows.csv", "", "name: id, type: category"));
        Assert.AreEqual(Hash("id\nx\n"), one.Sha256);

        using var shop = Shop();
        var files = new[] { "a.csv", "b.csv", "items.csv", "users.csv" };
        var list = string.Concat(files.Select(f => $"{Hash(File.ReadAllText(shop[f]))}  {f}\n"));
        Assert.AreEqual(Hash(list), DatasetLoader.Load(shop.Describe(Yaml)).Sha256);
    }

    [TestMethod]
    public void Load_FileWithAnotherChecksum_IsNoted()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "id\nx\n");
        var yaml = $"""
            name: one
            title: One
            rows:
              files: [{"{"} path: rows.csv, sha256: {new string('0', 64)} {"}"}]
              columns: [{"{"} name: id, type: category {"}"}]
            """;
        DatasetLoader.Load(folder.Describe(yaml), null, out var report);
        Assert.Contains("is not the file that the descriptor 'one' knows", report.Notes.Single());
    }

    private static DataFolder Shop()
    {
        var folder = new DataFolder();
        folder.Write("a.csv", "user,item,rating,state\nu1,i1,5,N\nu2,i2,3,S\nu4,i7,5,void\nu1,i2,4,W\n");
        folder.Write("b.csv", "user,item,rating,state\nu3,i9,1,N\nu3,i1,,N\nu3,i1,7,S\nu9,i1,4,\n");
        folder.Write("users.csv", "id,age,gender\nu2,25,M\nu1,24,F\nu1,99,M\nu3,,M\nu5,50,F\n");
        folder.Write("items.csv", "item,title,drama,comedy\ni2,Brazil,0,1\ni1,Ran (1985),1,1\ni3,X,0,0\ni9,,0,0\n");
        return folder;
    }
}
