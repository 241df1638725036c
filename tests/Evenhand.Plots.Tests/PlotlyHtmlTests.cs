using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Evenhand.Plots.Traces;

namespace Evenhand.Plots.Tests;

[TestClass]
public sealed partial class PlotlyHtmlTests
{
    private static readonly PlotlyFigure Figure = new()
    {
        Data = [new ScatterTrace { X = new[] { 1.0, 2 }, Y = new[] { 3.0, 4 } }],
    };

    [TestMethod]
    public void Fragment_SameFigure_SameText()
    {
        Assert.AreEqual(PlotlyHtml.Fragment(Figure), PlotlyHtml.Fragment(Figure with { }));
        Assert.AreNotEqual(PlotlyHtml.Fragment(Figure), PlotlyHtml.Fragment(Figure with { Data = [] }));
    }

    [TestMethod]
    public void Page_AnyFigure_NeedsNoOtherFile()
    {
        var page = PlotlyHtml.Page(Figure, "A <b>bold</b> title");
        Assert.StartsWith("<!DOCTYPE html>", page);
        Assert.Contains("<title>A &lt;b&gt;bold&lt;/b&gt; title</title>", page);
        Assert.Contains(PlotlyLibrary.Script, page);
        Assert.DoesNotContain(" src=", page[..page.IndexOf("<script>", StringComparison.Ordinal)]);
        Assert.DoesNotContain("<link", page);
    }

    [TestMethod]
    public void Notebook_AnyFigure_CarriesTheLibrary()
    {
        var html = PlotlyHtml.Notebook(Figure);
        Assert.IsLessThan(700_000, html.Length);
        var packed = Convert.FromBase64String(Base64().Match(html).Groups[1].Value);
        using var reader = new StreamReader(
            new GZipStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        Assert.AreEqual(PlotlyLibrary.Script, reader.ReadToEnd());
    }

    [TestMethod]
    public void Script_EmbeddedLibrary_NamesItsVersionAndLicence()
    {
        Assert.Contains("plotly.js (basic - minified) v4.1.1", PlotlyLibrary.Script[..300]);
        Assert.Contains("Licensed under the MIT license", PlotlyLibrary.Script[..300]);
        Assert.DoesNotContain("</script", PlotlyLibrary.Script);
    }

    [GeneratedRegex("atob\\(\"([A-Za-z0-9+/=]+)\"\\)")]
    private static partial Regex Base64();
}
