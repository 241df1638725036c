using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evenhand.Experiments.Reports;
using Evenhand.Experiments.Tables;
using Evenhand.Plots;
using Evenhand.Plots.Traces;

namespace Evenhand.Experiments.Tests.Reports;

/// <summary>Every kind of section in every form that knows nothing of its subject.</summary>
[TestClass]
public sealed class ReportTests
{
    private static readonly Report Sample = new("a_study",
    [
        new TextSection("words", "", ["Trial 3 gives up 0.01 rmse.", "It *is* best on <test>."]),
        new TableSection("groups", "By group", () => new TextTable(
            [new("group"), new("rmse", true)], [["F|M", "0.9"], ["other", "1.1"]])),
        new FigureSection("curves", "Learning curves", () => new PlotlyFigure
        {
            Data = [new ScatterTrace { X = new[] { 1.0, 2 }, Y = new[] { 3.0, 4 } }],
        }),
    ]);

    [TestMethod]
    public void Write_Markdown_HasEverySectionButFigures() => Assert.AreEqual("""
        # a\_study

        Trial 3 gives up 0.01 rmse.

        It \*is\* best on \<test>.

        ## By group

        | group | rmse |
        |---|---:|
        | F\|M | 0.9 |
        | other | 1.1 |

        """.ReplaceLineEndings("\n"), ReportMarkdown.Write(Sample));

    [TestMethod]
    public void Write_Json_HasEverySectionUnderItsKey()
    {
        var sections = Json(Sample.Sections)["sections"]!.AsObject();

        CollectionAssert.AreEqual(new[] { "words", "groups", "curves" }, sections.Select(s => s.Key).ToArray());
        Assert.AreEqual("It *is* best on <test>.", (string?)sections["words"]!["text"]![1]);
        Assert.AreEqual("By group", (string?)sections["groups"]!["title"]);
        Assert.IsTrue((bool)sections["groups"]!["columns"]![1]!["alignRight"]!);
        Assert.AreEqual("1.1", (string?)sections["groups"]!["rows"]![1]![1]);
        Assert.AreEqual(4, (double)sections["curves"]!["figure"]!["data"]![0]!["y"]![1]!);
    }

    [TestMethod]
    public void Write_NoSection_LeavesTheObjectAsItIs() => Assert.AreEqual("{}", Json([]).ToJsonString());

    [TestMethod]
    public void Table_NotAskedFor_IsNotMade()
    {
        var section = new TableSection("t", "", () => throw new InvalidOperationException(), () => new TextTable([], []));

        Assert.IsEmpty(section.Narrow.Columns);
        Assert.ThrowsExactly<InvalidOperationException>(() => section.Table);
    }

    private static JsonNode Json(IReadOnlyCollection<ReportSection> sections)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            ReportJson.Write(json, sections);
            json.WriteEndObject();
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }
}
