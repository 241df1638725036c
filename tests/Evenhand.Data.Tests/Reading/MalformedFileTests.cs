using System.Text;
using Evenhand.Configuration;
using Evenhand.Configuration.Randomness;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Tests.Reading;

[TestClass]
public sealed class MalformedFileTests
{
    private const string Id = "name: id, type: category";
    private const string Score = "name: score, type: number";
    private const string Note = "name: note, type: text";
    private const string Day = "name: day, type: date";

    /// <summary>A malformed file: format, columns, content, and the line, column and words of the error.</summary>
    private static IEnumerable<object[]> Cases()
    {
        static object[] Case(
            string name, string format, string columns, string content, long line, long column, string words) =>
            [name, format, columns, Encoding.UTF8.GetBytes(content), line, column, words];

        var plain = "";
        var lines = "quotes: false";
        var bare = "quotes: false, header: false";
        yield return Case("too few fields", plain, Id + ";" + Score, "id,score\na,1\nb\n", 3, 2,
            "expected 2 fields, found 1");
        yield return Case("too many fields", plain, Id + ";" + Score, "id,score\na,1\nb,2,3\n", 3, 5,
            "expected 2 fields, found 3");
        yield return Case("too few fields, unquoted", lines, Id + ";" + Score, "id,score\na,1\nbcd\n", 3, 4, "found 1");
        yield return Case("too many fields, unquoted", lines, Id + ";" + Score, "id,score\n\na,1,x\n", 3, 5, "found 3");
        yield return Case("letters for a number", plain, Id + ";" + Score, "id,score\na,1\nb,two\n", 3, 3,
            "expected a number, found 'two'");
        yield return Case("letters for a number, unquoted", lines, Id + ";" + Score, "id,score\na,1\nb,two\n", 3, 3,
            "'two'");
        yield return Case("two decimal points", plain, Id + ";" + Score, "id,score\na,1.2.3\n", 2, 3, "'1.2.3'");
        yield return Case("not a number is no number", plain, Id + ";" + Score, "id,score\na,NaN\n", 2, 3, "'NaN'");
        yield return Case("an infinite number", bare, Score, "1\n1e999\n", 2, 1, "'1e999'");
        yield return Case("a number with a unit, fast path", bare, Score, "1\n2\n3kg\n", 3, 1, "'3kg'");
        yield return Case("an id with a bad rating, fast path", bare + ", delimiter: tab", Id + ";" + Score,
            "1\t5\n2\t\u00BD\n", 2, 3, "expected a number");
        yield return Case("decimal point where a comma is due", "delimiter: \";\", decimal: \",\"", Id + ";" + Score,
            "id;score\na;1,5\nb;1.5\n", 3, 3, "'1.5'");
        yield return Case("decimal comma where a point is due", "delimiter: \";\"", Id + ";" + Score,
            "id;score\na;1,5\n", 2, 3, "'1,5'. Where ',' is the decimal sign, say so");
        yield return Case("thousands separators", "delimiter: \";\"", Id + ";" + Score, "id;score\na;1 000\n", 2, 3,
            "'1 000'");
        yield return Case("quote in an open field", plain, Id + ";" + Note, "id,note\na,fine\nb,5\" pipe\n", 3, 4,
            "a quote inside a field");
        yield return Case("text after a closing quote", plain, Id + ";" + Note, "id,note\na,\"x\"y\n", 2, 6,
            "text after the closing quote");
        yield return Case("quote never closed", plain, Id + ";" + Note, "id,note\na,\"x\nb,y\nc,z\n", 2, 3,
            "not closed");
        yield return Case("line counted through line breaks in quotes", plain, Id + ";" + Note + ";" + Score,
            "id,note,score\na,\"one\ntwo\n\nfour\",1\nb,\"x\ny\",oops\n", 7, 4, "'oops'");
        yield return Case("line breaks of Windows", plain, Id + ";" + Score, "id,score\r\na,1\r\nb,x\r\n", 3, 3, "'x'");
        yield return Case("empty lines are counted", lines, Id + ";" + Score, "id,score\n\n\na,x\n", 4, 3, "'x'");
        yield return Case("column in characters, not bytes", lines, Note + ";" + Score, "note,score\nnaïve 評価,x\n", 2,
            10, "'x'");
        yield return Case("date of another form", plain, Id + ";" + Day, "id,day\na,2020-01-31\nb,31.01.2020\n", 3, 3,
            "expected a date in the form 'yyyy-MM-dd'");
        yield return Case("a day that is not in the calendar", plain, Id + ";" + Day, "id,day\na,2021-02-29\n", 2, 3,
            "'2021-02-29'");
        yield return Case("runs of blanks, a field missing", "quotes: false, delimiter: blanks", Id + ";" + Score,
            " id   score\n a    1\n b\n", 3, 3, "expected 2 fields, found 1");
        yield return Case("two-character delimiter, a field missing", bare + ", delimiter: \"::\"", Id + ";" + Score,
            "a::1\nb:2\n", 2, 4, "expected 2 fields, found 1");
        yield return Case("column that the header lacks", plain, Id + ";" + Score, "id,scores\na,1\n", 1, 1,
            "no column 'score'. Did you mean 'scores'?");
        yield return Case("no header at all", plain, Id, "", 1, 1, "no column 'id'");
        yield return Case("JSON that ends early", "kind: json-lines", Id, "{\"id\": 1}\n{\"id\": \n", 2, 8,
            "not valid JSON");
        yield return Case("JSON that is no object", "kind: json-lines", Id, "{\"id\": 1}\n[1]\n", 2, 1,
            "expected a JSON object");
        yield return Case("JSON with something after", "kind: json-lines", Id, "{\"id\": 1} {\"id\": 2}\n", 1, 11, "");
        yield return Case("JSON text for a number", "kind: json-lines", Id + ";" + Score,
            "{\"id\": 1, \"score\": \"high\"}\n", 1, 20, "'high'");
        yield return Case("half of a character in JSON", "kind: json-lines", Id,
            "{\"id\": \"ok \\ud83d\\ude00\"}\n{\"id\": \"cut \\ud83d\"}\n", 2, 13, "'\\ud83d' is half of a character");
        yield return Case("half of a character in a list of JSON", "kind: json-lines", "name: id, type: categories",
            "{\"id\": [\"a\", \"\\ude00\"]}\n", 1, 15, "'\\ude00' is half of a character");
        yield return Case("half of a character in a key of JSON", "kind: json-lines", Id,
            "{\"\\ud83dx\": 1, \"id\": 2}\n", 1, 3, "'\\ud83d' is half of a character");
        yield return
        [
            "bytes that are not UTF-8", plain, Id + ";" + Note, Encoding.Latin1.GetBytes("id,note\na,caf\u00E9\n"),
            2L, 6L,
            "byte 0xE9 is not UTF-8; if the file is in ISO-8859-1, say so with the key or option 'encoding'",
        ];
        yield return
        [
            "bytes that are not UTF-8, unquoted", lines, Id + ";" + Note,
            Encoding.Latin1.GetBytes("id,note\na,x\nb,\u00FCber\n"),
            3L, 3L, "byte 0xFC is not UTF-8",
        ];
        yield return
        [
            "bytes that are not UTF-8 in JSON", "kind: json-lines", Id,
            Encoding.Latin1.GetBytes("{\"id\": \"\u00E4\"}\n"), 1L, 9L,
            "byte 0xE4 is not UTF-8",
        ];
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Load_MalformedFile_NamesFileLineAndColumn(
        string name, string format, string columns, byte[] content, long line, long column, string words)
    {
        using var folder = new DataFolder();
        var path = folder.Write("data.csv", content);
        var error = Assert.ThrowsExactly<InputException>(() =>
            folder.Read("data.csv", format, columns.Split(';')), name);
        Assert.AreEqual(path, error.File, name);
        Assert.AreEqual((line, column), (error.Line, error.Column), error.Message);
        Assert.Contains(words, error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Load_MalformedRowsSkipped_CountsAndListsThem(
        string name, string format, string columns, byte[] content, long line, long column, string words)
    {
        if (line == 1 && column == 1)
        {
            // A header without the column is no bad row.
            return;
        }

        using var folder = new DataFolder();
        folder.Write("data.csv", content);
        var descriptor = folder.DescribeRows("data.csv", format, columns.Split(';'));
        DatasetLoader.Load(descriptor, new LoadOptions { OnBadRow = BadRowPolicy.Skip }, out var report);
        Assert.IsGreaterThanOrEqualTo(1, report.BadRowCount, name);
        Assert.AreEqual(report.BadRowCount, report.BadRows.Count);
        Assert.AreEqual((line, column), (report.BadRows[0].Line, report.BadRows[0].Column), report.BadRows[0].Reason);
        Assert.Contains(words, report.BadRows[0].Reason);
    }

    [TestMethod]
    public void Load_GzipCutShort_SaysSo()
    {
        using var folder = new DataFolder();
        var random = new SeedTree(3).CreateRandom();
        var text = "id\n" + string.Concat(Enumerable.Range(0, 50_000).Select(_ => $"{random.Next()}\n"));
        var path = folder.Write("data.csv.gz", text);
        var whole = File.ReadAllBytes(path);
        foreach (var length in new[] { whole.Length / 2, whole.Length - 4, 12, 3 })
        {
            File.WriteAllBytes(path, whole[..length]);
            var error = Assert.ThrowsExactly<InputException>(() => folder.Read("data.csv.gz", "", Id));
            Assert.AreEqual(path, error.File);
            Assert.Contains("cut short", error.Message);
        }
    }

    [TestMethod]
    public void Load_GzipWithWrongBytes_SaysSo()
    {
        using var folder = new DataFolder();
        var path = folder.Write("data.csv.gz", "id\n" + string.Concat(Enumerable.Repeat("abcdefg\n", 1000)));
        var bytes = File.ReadAllBytes(path);
        bytes[^6] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
        var error = Assert.ThrowsExactly<InputException>(() => folder.Read("data.csv.gz", "", Id));
        Assert.Contains("damaged", error.Message);
    }

    [TestMethod]
    [DataRow("data.csv.gz")]
    [DataRow("data.zip")]
    public void Load_PackedFileThatUnpacksToFarMoreThanItIs_IsRefused(string name)
    {
        // Empty lines are passed over, so nothing but the bound stops the reading.
        var content = new byte[UnpackedStream.FreeLength + (16 << 20)];
        Array.Fill(content, (byte)'\n');
        "id\na"u8.CopyTo(content);
        using var folder = new DataFolder();
        var path = folder.Write(name, content);
        var error = Assert.ThrowsExactly<InputException>(() => folder.Read(name, "quotes: false", Id));
        Assert.StartsWith(path, error.Message);
        Assert.Contains("unpacks to more than 100 times its size", error.Message);
    }

    [TestMethod]
    public void Load_ZipCutShort_SaysSo()
    {
        using var folder = new DataFolder();
        var path = folder.Write("data.zip", "id\na\n");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        var error = Assert.ThrowsExactly<InputException>(() => folder.Read("data.zip", "", Id));
        Assert.AreEqual(path, error.File);
        Assert.Contains("not a readable archive", error.Message);
    }

    [TestMethod]
    public void Load_ZipOfSeveralFiles_AsksForTheMember()
    {
        using var folder = new DataFolder();
        folder.WriteZip("data.zip", ("a.csv", "id\n1\n"u8.ToArray()), ("b.csv", "id\n2\n"u8.ToArray()));
        var error = Assert.ThrowsExactly<InputException>(() => folder.Read("data.zip", "", Id));
        Assert.Contains("holds 2 files; name one as its member: a.csv, b.csv", error.Message);
    }

    [TestMethod]
    public void Load_MissingFile_NamesIt()
    {
        using var folder = new DataFolder();
        var error = Assert.ThrowsExactly<InputException>(() => folder.Read("nothing.csv", "", Id));
        Assert.AreEqual(folder["nothing.csv"], error.File);
        Assert.Contains("does not exist", error.Message);
    }

    [TestMethod]
    public void Load_BadRowsSkipped_KeepsTheOthersAndTheirVocabulary()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "id,score\na,1\nb,bad\nc,3\nd\ne,5\n");
        var descriptor = folder.DescribeRows("data.csv", "", Id, Score);
        var data = DatasetLoader.Load(descriptor, new LoadOptions { OnBadRow = BadRowPolicy.Skip }, out var report);
        Assert.AreEqual("a|c|e", TableText.Of(data.Rows, "id"));
        CollectionAssert.AreEqual(
            new[] { "a", "c", "e" }, ((CategoricalColumn)data.Rows["id"]).Vocabulary.Values.ToArray());
        Assert.AreEqual(3, report.RowsRead);
        Assert.AreEqual(2, report.BadRowCount);
        CollectionAssert.AreEqual(new[] { 3L, 5L }, report.BadRows.Select(r => r.Line).ToArray());
    }
}
