using System.Text.RegularExpressions;
using System.Xml.Linq;
using Evenhand.Experiments.Explanations;
using Evenhand.Learning.Explanations;

namespace Evenhand.Experiments.Tests.Explanations;

[TestClass]
public sealed partial class ExplanationHtmlTests
{
    private const string Text = "a <b>\"bad\"</b> & good\n&amp; <script>alert('x')</script>";

    [TestMethod]
    public void Fragment_HostileText_IsShownAsItIs()
    {
        var explanation = Explain(Text, ("<b>", 0.5), ("bad", -1), ("good", 0.25), ("<script>", 0.125));
        var html = ExplanationHtml.Fragment(explanation with { Class = "<i>\"1\"</i>" });

        // A fragment that is well-formed XML has nothing of the text left that could be markup.
        var figure = XDocument.Parse(html).Root!;
        Assert.AreEqual("figure", figure.Name);
        Assert.AreEqual(Text, figure.Elements("p").First().Value);
        Assert.IsFalse(figure.Descendants().Any(e => e.Name == "script" || e.Name == "i" || e.Name == "b"));
        Assert.Contains("Class <i>\"1\"</i>: probability 0.750", figure.Element("figcaption")!.Value);
    }

    [TestMethod]
    public void Fragment_Tokens_AreColouredBySignAndStrength()
    {
        var figure = XDocument.Parse(ExplanationHtml.Fragment(Explain("up half down none", ("up", 2), ("half", 1), ("down", -2))))
            .Root!;
        var spans = figure.Elements("p").First().Elements("span").ToDictionary(s => s.Value, s => (string)s.Attribute("style")!);
        CollectionAssert.AreEquivalent(new[] { "up", "half", "down" }, spans.Keys);

        // 0.62 of the way from white to (33, 102, 172) and to (224, 130, 20).
        Assert.StartsWith("background:#75a0cc;", spans["up"]);
        Assert.StartsWith("background:#ecb26d;", spans["down"]);
        Assert.StartsWith("background:#bad0e5;", spans["half"]);
        Assert.Contains("underline solid", spans["up"]);
        Assert.Contains("underline dashed", spans["down"]);
    }

    [TestMethod]
    public void Fragment_Colours_KeepTheInkReadable()
    {
        var html = ExplanationHtml.Fragment(Explain("up down", ("up", 1), ("down", -1)));
        var ink = Luminance("000000");
        foreach (var ground in Grounds().Matches(html).Select(m => Luminance(m.Groups[1].Value)))
        {
            // W3C, Web content accessibility guidelines 2.1, criterion 1.4.6: at least 7 to 1.
            Assert.IsGreaterThan(7, (ground + 0.05) / (ink + 0.05));
        }
    }

    [TestMethod]
    public void Fragment_Figures_SayInWordsWhatColoursSay()
    {
        var figure = XDocument.Parse(ExplanationHtml.Fragment(Explain("up half down", ("up", 2), ("half", 1), ("down", -2))))
            .Root!;
        Assert.AreEqual(
            "Class 1: probability 0.750, from +0.500; lime, local R2 0.900. The heaviest tokens: up +2.000, down "
            + "-2.000, half +1.000.",
            (string)figure.Attribute("aria-label")!);
        CollectionAssert.AreEqual(
            new[] { "up+2.000", "down-2.000", "half+1.000" },
            figure.Descendants("tbody").Single().Elements("tr").Select(row => row.Value).ToArray());
    }

    [TestMethod]
    public void Fragment_NothingToSay_HasNoLegend()
    {
        foreach (var text in new[] { "", "plain words" })
        {
            var figure = XDocument.Parse(ExplanationHtml.Fragment(Explain(text))).Root!;
            Assert.AreEqual(text, figure.Element("p")!.Value);
            Assert.HasCount(1, figure.Elements("p"));
            Assert.EndsWith("No token speaks for the class or against it.", (string)figure.Attribute("aria-label")!);
        }
    }

    [TestMethod]
    public void Page_OfExplanations_IsWholeAndFetchesNothing()
    {
        var explanation = Explain("up", ("up", 1));
        var page = ExplanationHtml.Page([explanation, explanation], "A & <B>");
        Assert.StartsWith("<!DOCTYPE html>\n", page);
        Assert.Contains("<title>A &amp; &lt;B&gt;</title>", page);
        Assert.Contains("default-src 'none'", page);
        Assert.DoesNotContain("http:", page);
        Assert.HasCount(3, page.Split("<figure "));
    }

    [GeneratedRegex("background:#([0-9a-f]{6})")]
    private static partial Regex Grounds();

    private static double Luminance(string colour)
    {
        var linear = Enumerable.Range(0, 3).Select(i => Convert.ToInt32(colour.Substring(2 * i, 2), 16) / 255.0)
            .Select(c => c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static TextExplanation Explain(string text, params (string Token, double Value)[] tokens) => new()
    {
        Text = text,
        Tokens = [.. tokens.Select(t =>
        {
            var start = text.IndexOf(t.Token, StringComparison.Ordinal);
            return new TokenAttribution(t.Token, start, start + t.Token.Length, t.Value);
        })],
        Class = "1",
        Method = ExplanationMethod.Lime,
        Quantity = ExplainedQuantity.Probability,
        BaseValue = 0.5,
        Prediction = 0.75,
        Probability = 0.75,
        Quality = new ExplanationQuality("local R2", 0.9),
    };
}
