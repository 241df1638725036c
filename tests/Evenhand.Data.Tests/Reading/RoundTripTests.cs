using System.Globalization;
using Evenhand.Data.Columns;
using Evenhand.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Evenhand.Data.Tests.Reading;

/// <summary>Whatever is written by the rules of RFC 4180 is read back as it was; categories without the blanks around
/// them.</summary>
[TestClass]
public sealed class RoundTripTests
{
    private sealed record Row(string? Category, double Number, string? Text);

    [TestMethod]
    public void Read_QuotedFile_GivesTheWrittenTable()
    {
        using var folder = new DataFolder();
        Properties.Check(Rows("a b;,\"'\n|\u00E9\u8A55"), rows =>
        {
            folder.Write("data.csv", "c;n;t\n" + string.Concat(rows.Select(
                r => $"{Quoted(r.Category)};{Text(r.Number)};{Quoted(r.Text)}\n")));
            AssertEqual(rows, folder.Read("data.csv", "delimiter: \";\"", Columns));
        });
    }

    [TestMethod]
    public void Read_UnquotedFile_GivesTheWrittenTable()
    {
        using var folder = new DataFolder();
        Properties.Check(Rows("ab;,\"'|: \u00E9\u8A55"), rows =>
        {
            folder.Write("data.dat", string.Concat(rows.Select(r => $"{r.Category}@@{Text(r.Number)}@@{r.Text}\n")));
            AssertEqual(rows, folder.Read("data.dat", "delimiter: \"@@\", header: false, quotes: false", Columns));
        });
    }

    private static readonly string[] Columns =
        ["name: c, type: category", "name: n, type: number", "name: t, type: text"];

    private static Gen<List<Row>> Rows(string alphabet)
    {
        var text = Gen.Elements(alphabet.ToCharArray()).ListOf()
            .Select(chars => chars.Count == 0 ? null : new string([.. chars]));
        var number = Gen.OneOf(
            Gen.Constant(double.NaN),
            Gen.Choose(-100, 100).Select(n => (double)n),
            Gen.Choose(int.MinValue, int.MaxValue).Select(n => n * Math.PI));
        var row = from category in text
                  from value in number
                  from note in text
                  select new Row(category, value, note);
        return row.ListOf().Select(l => l.ToList());
    }

    private static string Quoted(string? value) => value is null ? "" : $"\"{value.Replace("\"", "\"\"")}\"";

    private static string Text(double value) => double.IsNaN(value) ? ""
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static void AssertEqual(List<Row> rows, Table table)
    {
        Assert.AreEqual(rows.Count, table.RowCount);
        foreach (var (index, row) in rows.Index())
        {
            Assert.AreEqual(row.Category?.Trim() is { Length: > 0 } category ? category : null, table["c"].Format(index));
            Assert.AreEqual(row.Number, ((NumericColumn)table["n"]).Values[index]);
            Assert.AreEqual(row.Text, table["t"].Format(index));
        }
    }
}
