using System.Buffers.Binary;
using System.Xml.Linq;
using Evenhand.Experiments.Explanations;
using Evenhand.Learning.Explanations;
using Evenhand.TestKit.Learning;

namespace Evenhand.Experiments.Tests.Explanations;

[TestClass]
public sealed class AttentionHtmlTests
{
    private const string Hostile = "\"a\"</span><script>alert('x')</script>&amp;";

    [TestMethod]
    public void Fragment_HostileText_IsShownAsItIs()
    {
        var figure = Figure(AttentionSamples.Of("so", Hostile));

        var text = figure.Elements("p").Single(p => (string?)p.Attribute("class") == "pieces");
        Assert.AreEqual($"[CLS]so {Hostile} so[SEP]", text.Value);
        Assert.IsFalse(figure.Descendants().Any(e => e.Name == "script"));
        CollectionAssert.AreEqual(
            new[] { "[CLS]", "so (2)", Hostile, "so (4)", "[SEP]" },
            text.Elements("span").Select(span => (string)span.Attribute("data-piece")!).ToArray());
        CollectionAssert.AreEqual(
            new[] { null, "read as first", null, "read as ##first", null },
            text.Elements("span").Select(span => (string?)span.Attribute("title")).ToArray());
    }

    [TestMethod]
    public void Fragment_Weights_AreAllThere()
    {
        var attention = AttentionSamples.Of();
        var bytes = Convert.FromBase64String((string)Figure(attention).Attribute("data-weights")!);

        Assert.HasCount(2 * 2 * 25, bytes);
        for (var i = 0; i < 50; i++)
        {
            var weight = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i)) / 65535.0;
            Assert.AreEqual(attention.Weights(0, i / 25, i % 25 / 5)[i % 5], weight, 1e-5);
        }
    }

    [TestMethod]
    public void Fragment_StrongestPairs_CanBeReadWithoutScripts()
    {
        var table = Figure(AttentionSamples.Of()).Descendants("details").Single().Element("table")!;

        // (1 + 0.2) / 2 from each piece to the next; a fifth of all looks at each of two marks.
        CollectionAssert.AreEqual(
            new[]
            {
                "Layer 1: 0.400 of the attention goes to [CLS] and [SEP]",
                "so (2)|<b>|0.600|1.000|1",
                "<b>|so (4)|0.600|1.000|1",
                "so (2)|so (2)|0.100|0.200|2",
            },
            table.Element("tbody")!.Elements("tr").Take(4)
                .Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))).ToArray());
    }

    [TestMethod]
    public void Fragment_LongText_SaysWhatIsNotRead()
    {
        var figure = Figure(AttentionSamples.Of(unread: 3));

        Assert.AreEqual("xxx", figure.Descendants("del").Single().Value);
        Assert.AreEqual(
            "The text is too long for the model: the last 3 of 12 characters are not read.",
            figure.Elements("p").First().Value);
        Assert.IsFalse(Figure(AttentionSamples.Of()).Descendants("del").Any());
    }

    [TestMethod]
    public void Fragment_PartsOfACharacter_ShowItOnce()
    {
        var attention = new TextAttention(
            "好 ok",
            [new("å", 0, 1), new("¥½", 0, 1), new("ok", 2, 4)],
            1,
            1,
            [1, 0, 0, 0, 1, 0, 0, 0, 1]);

        Assert.AreEqual("好¥½ ok", Figure(attention).Elements("p").First().Value);
        CollectionAssert.AreEqual(new[] { "好", "¥½", "ok" }, AttentionText.Names(attention).ToArray());
        Assert.AreEqual("Attention in 1 layer of 1 head between 3 pieces", AttentionText.Heading(attention));
        Assert.AreEqual("Layer 1", AttentionText.Layer(attention, 0));
    }

    [TestMethod]
    public void Page_OfAttention_RunsItsOwnScriptOnly()
    {
        var page = AttentionHtml.Page(AttentionSamples.Of(), "A & <B>");

        Assert.StartsWith("<!DOCTYPE html>\n", page);
        Assert.Contains("<title>A &amp; &lt;B&gt;</title>", page);
        Assert.Contains("default-src 'none'; script-src 'sha256-", page);
        Assert.DoesNotContain("http:", page);
        Assert.HasCount(2, page.Split("<script>"));
    }

    // Well-formed XML has nothing of the text left that could be markup.
    private static XElement Figure(TextAttention attention)
    {
        var html = AttentionHtml.Fragment(attention);
        var start = html.IndexOf("<figure", StringComparison.Ordinal);
        var end = html.IndexOf("</figure>", StringComparison.Ordinal);
        return XElement.Parse(html[start..(end + "</figure>".Length)], System.Xml.Linq.LoadOptions.PreserveWhitespace);
    }
}
