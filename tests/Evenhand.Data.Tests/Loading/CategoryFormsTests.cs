using Evenhand.Configuration;
using Evenhand.Data.Columns;
using Evenhand.Data.Descriptors;
using Evenhand.Data.Loading;
using Evenhand.Data.Reading;
using Evenhand.Data.Tests.Reading;

namespace Evenhand.Data.Tests.Loading;

/// <summary>Values that are spelled in several ways: one category, or one id each.</summary>
[TestClass]
public sealed class CategoryFormsTests
{
    private const string Spellings = "g\ncafé\ncafe\u0301\n\uFF34\nT\nco\u2011op\nco-op\no\u2019b\no'b\n x \nx\n";

    [TestMethod]
    public void Load_SpellingsOfACategory_AreOneValue()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", Spellings);
        var descriptor = folder.DescribeRows("data.csv", "", "name: g, type: category");

        var data = DatasetLoader.Load(descriptor, null, out var report);

        Assert.AreEqual("café|café|T|T|co-op|co-op|o'b|o'b|x|x", TableText.Of(data.Rows, "g"));
        Assert.HasCount(5, ((CategoricalColumn)data.Rows["g"]).Vocabulary.Values);
        Assert.Contains("is spelled in several ways and counted as one value", report.Notes.Single());
    }

    [TestMethod]
    public void Load_SpellingsOfAnId_StayAndAreNoted()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", Spellings.Replace("g\n", "user\n", StringComparison.Ordinal));
        folder.Write("numbers.csv", "user\n7\n07\n7.0\n");

        var data = DatasetLoader.Load(
            folder.DescribeRows("data.csv", "", "name: user, type: category, role: user"), null, out var report);
        var numbers = DatasetLoader.Load(
            folder.DescribeRows("numbers.csv", "", "name: user, type: category, role: user"), null, out var second);

        Assert.AreEqual(10, data.UserColumn!.Vocabulary.Count);
        Assert.Contains("which stay different ids", report.Notes.Single());
        Assert.AreEqual("7|07|7.0", TableText.Of(numbers.Rows, "user"));
        Assert.Contains("'7' ('7', '7.0')", second.Notes.Single());
    }

    [TestMethod]
    [DataRow("1|1.0|+1|2|2e0|-0|0", "1|1|1|2|2|0|0")]
    [DataRow("1|1.0|x", "1|1.0|x")]
    [DataRow("-1|0|1", "-1|0|1")]
    [DataRow("N|F|n", "N|F|n")]
    [DataRow("01|1|2", "01|1|2")]
    [DataRow("12345678901234567890|12345678901234567891", "12345678901234567890|12345678901234567891")]
    public void Load_NumbersAsCategories_AreOneValueWhereAllAreNumbers(string values, string expected)
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "g\n" + values.Replace('|', '\n') + "\n");

        Assert.AreEqual(expected, TableText.Of(folder.Read("data.csv", "", "name: g, type: category"), "g"));
    }

    [TestMethod]
    public void Load_DecimalCommas_AreNumbersOfTheFile()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "g\n1,50\n1,5\n");

        Assert.AreEqual("1,5|1,5", TableText.Of(
            folder.Read("data.csv", "delimiter: \";\", decimal: \",\"", "name: g, type: category"), "g"));
    }

    [TestMethod]
    public void Load_GroupWithAndWithoutZeros_IsRefused()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "g\n01\n1\n");
        var descriptor = folder.DescribeRows("data.csv", "", "name: g, type: category") with
        {
            Groups = new GroupsDescriptor { Row = ["g"] },
        };

        Assert.Contains(
            "Column 'g' holds '01' and '1', which are one number written in two ways",
            Assert.ThrowsExactly<InputException>(() => DatasetLoader.Load(descriptor)).Message);
    }

    [TestMethod]
    public void Load_Sets_HoldEachCategoryOnce()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "g\ncafé|cafe\u0301\n\uFF34|T|x\n");

        Assert.AreEqual(
            "café|T|x", TableText.Of(folder.Read("data.csv", "", "name: g, type: categories"), "g"));
    }

    [TestMethod]
    public void Load_WhatADescriptorNames_IsComparedInTheSameForm()
    {
        using var folder = new DataFolder();
        folder.Write("data.csv", "y,g,n\n1.0,cafe\u0301,4\n0.0,T,5\n0.0,\uFF34,5\n1.0,x,5\n");
        var descriptor = folder.Describe("""
            name: test
            title: Test
            rows:
              files: [{ path: data.csv }]
              columns:
                - { name: y, type: category }
                - { name: g, type: category }
                - { name: n, type: number }
            filters: [{ column: g, in: [café, Ｔ] }]
            derive:
              - { name: kind, from: g, map: { café: drink, "Ｔ": letter } }
              - { name: many, from: n, map: { "5.0": five } }
            label: { column: y, positive: ["1"] }
            """);

        var rows = DatasetLoader.Load(descriptor).Rows;

        Assert.AreEqual("1|0|0", TableText.Of(rows, "y"));
        Assert.AreEqual("drink|letter|letter", TableText.Of(rows, "kind"));
        Assert.AreEqual("4|five|five", TableText.Of(rows, "many"));
    }
}
