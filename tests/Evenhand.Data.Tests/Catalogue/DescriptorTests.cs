using Evenhand.Configuration;
using Evenhand.Data.Catalogue;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Tests.Reading;

namespace Evenhand.Data.Tests.Catalogue;

[TestClass]
public sealed class DescriptorTests
{
    private const string Valid = """
        name: shop
        title: Shop
        rows:
          files: [{ path: rows.csv }]
          columns:
            - { name: user, type: category, role: user }
            - { name: item, type: category, role: item }
            - { name: rating, type: number }
            - { name: age, type: number, describes: user }
            - { name: city, type: category, describes: user }
        derive:
          - { name: age-band, side: user, from: age, bands: [18, 30] }
        label: { column: rating }
        groups:
          user: [age-band, city]
        """;

    [TestMethod]
    public void Parse_ValidDescriptor_IsTaken() =>
        Assert.AreEqual("shop", DescriptorFile.Parse("set.yaml", Valid).Name);

    [TestMethod]
    [DataRow("label:", "lable:", 13, 1, "unknown key 'lable'. Did you mean 'label'?")]
    [DataRow("type: number }\n", "type: numbr }\n", 8, 29, "Did you mean 'number'?")]
    [DataRow("name: shop", "name: a/b", 1, 7, "a name without slashes")]
    [DataRow("name: item, type: category", "name: user, type: category", 7, 15,
        "a column named 'user' is there already")]
    [DataRow("name: item, type: category, role: item", "name: item, type: number, role: item", 7, 27,
        "needs the type category")]
    [DataRow("role: item", "role: user", 7, 43, "another column has the role 'user' already")]
    [DataRow("name: rating, type: number", "name: rating, type: number, range: [5, 1]", 8, 44,
        "the least and the greatest")]
    [DataRow("name: city, type: category", "name: city, type: date, formats: [/]", 10, 42, "'/' is no form of a date")]
    [DataRow("name: city, type: category", "name: city, type: date, formats: [yyyy, \"d'\"]", 10, 42,
        "'d'' is no form of a date")]
    [DataRow("from: age,", "from: agee,", 12, 41,
        "has no column 'agee' to compute 'age-band' from. Did you mean 'age'?")]
    [DataRow("from: age,", "from: city,", 12, 41, "'city' is not a number")]
    [DataRow("bands: [18, 30]", "bands: [30, 18]", 12, 53, "bounds that ascend")]
    [DataRow("bands: [18, 30]", "bands: [18, 30], map: { a: b }", 12, 5, "has 2 operations (bands, map)")]
    [DataRow("bands: [18, 30]", "extract: '('", 12, 55, "not a regular expression")]
    [DataRow("column: rating", "column: ratings", 13, 18, "no column 'ratings'. Did you mean 'rating'?")]
    [DataRow("user: [age-band, city]", "user: [age-bands]", 15, 10, "Did you mean 'age-band'?")]
    [DataRow("user: [age-band, city]", "row: [age-band]", 15, 9, "the row side has no column 'age-band'")]
    [DataRow("user: [age-band, city]", "user: [age]", 15, 10, "not a column of categories; derive bands from it")]
    [DataRow("path: rows.csv", "path: rows.csv, sha256: abc", 4, 37, "64 lower-case hexadecimal digits")]
    [DataRow("  columns:", "  format: { encoding: utf8 }\n  columns:", 5, 23, "Did you mean 'utf-8'?")]
    [DataRow("  columns:", "  format: { delimiter: \"::\" }\n  columns:", 5, 24, "say 'quotes: false'")]
    [DataRow("label:", "filters: [{ column: ratin, min: 1 }]\nlabel:", 13, 21, "Did you mean 'rating'?")]
    [DataRow("label:", "filters: [{ column: rating }]\nlabel:", 13, 11, "needs a condition")]
    [DataRow("label:", "filters: [{ min: 1 }]\nlabel:", 13, 11, "needs 'column', 'kCore' or 'sample'")]
    [DataRow("label:", "filters: [{ column: rating, min: 1, sample: { share: 0.5 } }]\nlabel:", 13, 11,
        "has column and sample; write a filter for each")]
    [DataRow("label:", "filters: [{ min: 1, sample: { share: 0.5 } }]\nlabel:", 13, 11,
        "conditions are on a column, and 'sample' has none")]
    [DataRow("label:", "filters: [{ column: rating, minCount: 5 }]\nlabel:", 13, 39,
        "counts the values of a category, and 'rating' is none")]
    [DataRow("label:", "filters: [{ column: user, minCount: 1 }]\nlabel:", 13, 37, "must be at least 2")]
    [DataRow("label:", "filters: [{ column: user, minCounts: 5 }]\nlabel:", 13, 27, "Did you mean 'minCount'?")]
    [DataRow("label:", "filters: [{ kCore: { user: 5 } }]\nlabel:", 13, 20, "'item' is required")]
    [DataRow("label:", "filters: [{ kCore: { user: 0, item: 5 } }]\nlabel:", 13, 28, "must be at least 1")]
    [DataRow("label:", "filters: [{ kCore: { user: 1, item: 1 } }]\nlabel:", 13, 20, "ask for more of one of them")]
    [DataRow("label:", "filters: [{ sample: { of: user } }]\nlabel:", 13, 21, "expected either 'share' or 'count'")]
    [DataRow("label:", "filters: [{ sample: { share: 1.5 } }]\nlabel:", 13, 30, "less than 1")]
    [DataRow("label:", "filters: [{ sample: { of: users, count: 3 } }]\nlabel:", 13, 27, "Did you mean 'user'?")]
    [DataRow("name: rating, type: number", "name: rating, type: number, onBadValue: skip", 8, 49, "missing")]
    [DataRow("name: city, type: category", "name: city, type: category, onBadValue: missing", 10, 49,
        "only a number, a date or a set of categories can be written wrongly")]
    [DataRow("bands: [18, 30] }", "bands: [18, 30], range: [0, 9] }", 12, 70, "only a number has a range")]
    [DataRow("bands: [18, 30] }", "bands: [18, 30] }\n  - { name: p, product: [rating, rating], range: [9, 0] }", 13, 50,
        "the least and the greatest")]
    [DataRow("label:", "downloads: [{ url: 'ftp://x/y', path: a }]\nlabel:", 13, 20, "https://")]
    [DataRow("label:", "downloads: [{ url: 'https://x/y', path: ../a }]\nlabel:", 13, 13, "outside of the folder")]
    [DataRow("label: { column: rating }", "label: { column: rating, positive: ['5'], negative: ['5'] }", 13, 53,
        "positive and negative")]
    public void Parse_Mistake_NamesLineColumnAndNearestName(
        string from, string to, int line, int column, string words)
    {
        var position = Valid.IndexOf(from, StringComparison.Ordinal);
        var text = Valid[..position] + to + Valid[(position + from.Length)..];
        var error = Assert.ThrowsExactly<InputException>(() => DescriptorFile.Parse("set.yaml", text));
        Assert.AreEqual("set.yaml", error.File);
        Assert.AreEqual((line, column), ((int)error.Line, (int)error.Column), error.Message);
        Assert.Contains(words, error.Message);
    }

    [TestMethod]
    [DataRow("kCore: { user: 2, item: 2 }", 13, 20, "a core needs a column of the rows with the role 'item'")]
    [DataRow("sample: { of: item, count: 2 }", 13, 27, "a sample of items needs a column of the rows with the role 'item'")]
    public void Parse_FilterOfItemsWithoutItems_IsNamed(string filter, int line, int column, string words)
    {
        var text = Valid.Replace(", role: item", "").Replace("label:", $"filters: [{{ {filter} }}]\nlabel:");
        var error = Assert.ThrowsExactly<InputException>(() => DescriptorFile.Parse("set.yaml", text));
        Assert.AreEqual(((long)line, (long)column), (error.Line, error.Column), error.Message);
        Assert.Contains(words, error.Message);
    }

    [TestMethod]
    public void Parse_SeveralMistakes_NamesAll()
    {
        var text = Valid.Replace("from: age,", "from: agee,").Replace("column: rating", "column: ratings");
        var error = Assert.ThrowsExactly<InputException>(() => DescriptorFile.Parse("set.yaml", text));
        Assert.HasCount(2, error.Message.Split('\n'), error.Message);
    }

    [TestMethod]
    public void Parse_MistakeInAVariant_IsNamedThere()
    {
        var text = Valid + "\nvariants:\n  - name: other\n    title: Other\n    label: { column: age }\n";
        var error = Assert.ThrowsExactly<InputException>(() => DescriptorFile.Parse("set.yaml", text));
        Assert.AreEqual((19L, 22L), (error.Line, error.Column), error.Message);
    }

    [TestMethod]
    public void Resolve_FileOfTheUser_ReadsItsFolder()
    {
        using var folder = new DataFolder();
        folder.Write("rows.csv", "user,item,rating,age,city\na,x,5,20,Graz\na,y,3,,\nb,x,4,40,\n");
        folder.Write("my-set.yaml", Valid);
        var data = DatasetLoader.Load(DataCatalogue.Default.Resolve("my-set.yaml", folder.Path));
        Assert.AreEqual("18-29|30 and over", TableText.Of(data.Users!, "age-band"));
        Assert.AreEqual("Graz|-", TableText.Of(data.Users!, "city"));
        Assert.AreEqual(ColumnRoles.Label, data.Rows["rating"].Roles);
    }

    [TestMethod]
    public void Resolve_VariantOfAFileOfTheUser_IsNamedBehindASharp()
    {
        using var folder = new DataFolder();
        folder.Write("folder#1/rows.csv", "user,item,rating,age,city\na,x,5,20,Graz\nb,x,4,40,Linz\n");
        var file = folder.Write(
            "folder#1/my-set.yaml",
            Valid + "\nvariants:\n  - { name: adults, title: Adults, filters: [{ column: age, min: 30 }] }\n");
        var variant = DataCatalogue.Default.Resolve($"{file}#adults");
        Assert.AreEqual("shop/adults", variant.Name);
        Assert.AreEqual("4", TableText.Of(DatasetLoader.Load(variant).Rows, "rating"));
        Assert.AreEqual("shop", DataCatalogue.Default.Resolve(file).Name);
        Assert.AreEqual("shop/adults", DataCatalogue.Default.Resolve("folder#1/my-set.yaml#adults", folder.Path).Name);
        var error = Assert.ThrowsExactly<InputException>(() => DataCatalogue.Default.Resolve($"{file}#adult"));
        Assert.Contains("has no variant 'adult'. Did you mean 'adults'?", error.Message);
    }

    [TestMethod]
    public void Resolve_FileThatIsNotThere_NamesIt()
    {
        var error = Assert.ThrowsExactly<InputException>(() => DataCatalogue.Default.Resolve("nothing.yaml"));
        Assert.Contains("nothing.yaml: there is no such descriptor", error.Message);
    }
}
