using Evenhand.Data.Descriptors;
using Evenhand.Data.Reading;

namespace Evenhand.Data.Tests.Reading;

[TestClass]
public sealed class FormatSnifferTests
{
    private const FormatParts All = FormatParts.Delimiter | FormatParts.Quotes | FormatParts.Trim;

    [TestMethod]
    [DataRow("a,b\n1,2\n", ",", true, false)]
    [DataRow("a;b\n1;2\n", ";", true, false)]
    [DataRow("a|b\n1|2\n", "|", true, false)]
    [DataRow("a\tb\n1\t2\n", "tab", true, false)]
    [DataRow("text\na;b\nc\n", ",", true, false)]
    [DataRow("a;b|c\n1;2|3\n", ",", true, false)]
    [DataRow("a;b\n1;2;3\n", ",", true, false)]
    [DataRow("a, b\n1, 2\n", ",", true, true)]
    [DataRow("a,b\n 1, 2\n", ",", true, false)]
    [DataRow("a,b\n1,\"2\n3,4\"\n", ",", false, false)]
    [DataRow("a,b\n1,5\" pipe\n", ",", false, false)]
    [DataRow("a,b\n\"1\",\"2\"\n", ",", true, false)]
    [DataRow("a,b\n\"1,1\",2\n", ",", true, false)]
    [DataRow("a,b\n1,\"2\n3\"\n", ",", true, false)]
    [DataRow("a, b\n1, \"2\"\n", ",", true, true)]
    [DataRow("text\n\"1\n2\"\n", ",", true, false)]
    [DataRow("", ",", true, false)]
    public void Sniff_File_IsReadWhereItIsCertain(string content, string delimiter, bool quotes, bool trim)
    {
        using var folder = new DataFolder();
        var path = folder.Write("data.csv", content);
        var notes = new List<string>();

        var format = FormatSniffer.Sniff(path, new TableFormat(), All, notes.Add);

        Assert.AreEqual((delimiter, quotes, trim), (format.Delimiter, format.Quotes, format.Trim));
        Assert.AreEqual(format == new TableFormat(), notes.Count == 0);
    }

    [TestMethod]
    public void Sniff_WhatIsSaid_IsNotFoundOut()
    {
        using var folder = new DataFolder();
        var path = folder.Write("data.csv", "a; b\n1;\"2\n3;4\"\n");

        Assert.AreEqual(
            new TableFormat(),
            FormatSniffer.Sniff(path, new TableFormat(), FormatParts.None, _ => Assert.Fail("Nothing is to be found.")));
    }
}
