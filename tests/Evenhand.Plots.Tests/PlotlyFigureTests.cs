using System.Text.Json;
using Evenhand.Plots.Layouts;
using Evenhand.Plots.Traces;
using Evenhand.TestKit;

namespace Evenhand.Plots.Tests;

[TestClass]
public sealed class PlotlyFigureTests
{
    private const string Snapshots = "tests/Evenhand.Plots.Tests/Snapshots/";

    [TestMethod]
    public void ToJson_ScatterWithBounds_WritesPlotlysSchema()
    {
        var figure = new PlotlyFigure
        {
            Data =
            [
                new ScatterTrace
                {
                    Name = "On the front",
                    Meta = "pareto",
                    Mode = ScatterMode.LinesAndMarkers,
                    X = new[] { 0.91, 0.92, double.NaN },
                    Y = new[] { 0.08, 0.05, 0.04 },
                    ErrorY = ErrorBars.Between([0.08, 0.05, 0.04], [0.07, double.NaN, 0.045], [0.1, 0.06, 0.05]),
                    Text = new[] { "bias", PlotlyText.Escape("<b>R&D</b>"), "größer" },
                    CustomData = new[] { 3.0, 1, 4 },
                    HoverTemplate = "%{text}<extra></extra>",
                    Line = new Line { Shape = LineShape.HorizontalThenVertical, Dash = LineDash.Dot, Width = 1.5 },
                    Marker = new Marker
                    {
                        Color = "#0072b2",
                        Symbol = MarkerSymbol.CircleOpen,
                        Size = 9,
                        Line = new MarkerLine { Width = 1 },
                    },
                },
            ],
            Layout = new PlotlyLayout
            {
                Title = new Title("Accuracy and fairness"),
                XAxis = new Axis { Title = new Title("rmse"), TickFormat = ".3f", ZeroLine = false },
                YAxis = new Axis { Type = AxisType.Log, Range = [-2, 0] },
                Legend = new Legend { Orientation = "h", X = 0, XAnchor = "left" },
                HoverLabel = new HoverLabel { Align = "left", NameLength = -1 },
                Margin = new Margin { Left = 60, Right = 20, Top = 40, Bottom = 50 },
                PaperColor = "white",
            },
        };
        Snapshot.Verify(Snapshots + "scatter.json", figure.ToJson(indented: true) + "\n");
    }

    [TestMethod]
    public void ToJson_Bars_WritesPlotlysSchema()
    {
        var figure = new PlotlyFigure
        {
            Data =
            [
                new BarTrace
                {
                    Name = "rmse",
                    X = new[] { "female", "male" },
                    Y = new[] { 0.97, 0.91 },
                    ErrorY = new ErrorBars { Array = new[] { 0.02, 0.01 } },
                },
                new BarTrace
                { Orientation = BarOrientation.Horizontal, X = new[] { 1.0 }, Y = new[] { "all" }, Width = 0.5 },
            ],
            Layout = new PlotlyLayout { BarMode = "group", YAxis = new Axis { RangeMode = "tozero" } },
            Config = new PlotlyConfig { DisplayModeBar = false },
        };
        Snapshot.Verify(Snapshots + "bars.json", figure.ToJson(indented: true) + "\n");
    }

    [TestMethod]
    public void ToJson_HostileText_CannotLeaveAScriptElement()
    {
        var figure = new PlotlyFigure
        { Data = [new ScatterTrace { Name = "</script><!--", Text = new[] { "<script>&" } }] };
        var json = figure.ToJson();
        Assert.DoesNotContain("<", json);
        Assert.AreEqual(
            "</script><!--", JsonDocument.Parse(json).RootElement
                .GetProperty("data")[0].GetProperty("name").GetString());
    }

    [TestMethod]
    public void ToJson_EmptyFigure_IsAFigure()
    {
        Assert.AreEqual(
            """{"data":[],"layout":{},"config":{"responsive":true,"displaylogo":false}}""",
            new PlotlyFigure { Config = new PlotlyConfig { ModeBarButtonsToRemove = null } }.ToJson());
    }

    [TestMethod]
    public void Between_ValueOutsideItsBounds_DrawsNoBarInwards()
    {
        var bars = ErrorBars.Between([1, 2], [0.5, 2.25], [0.75, 3]);
        Assert.AreSequenceEqual([0.0, 1.0], bars.Array.Numbers);
        Assert.AreSequenceEqual([0.5, 0.0], bars.ArrayMinus!.Value.Numbers);
        Assert.IsFalse(bars.Symmetric);
    }

    [TestMethod]
    public void Between_LengthsDiffer_Throws()
    {
        Assert.ThrowsExactly<ArgumentException>(() => ErrorBars.Between([1, 2], [0], [3, 4]));
    }

    [TestMethod]
    public void Equals_SameValues_AreEqual()
    {
        PlotlyData numbers = new[] { 1.0, double.NaN };
        PlotlyData text = new[] { "a" };
        Assert.AreEqual(numbers, PlotlyData.Of([1.0, double.NaN]));
        Assert.AreEqual(numbers.GetHashCode(), PlotlyData.Of([1.0, double.NaN]).GetHashCode());
        Assert.AreNotEqual(numbers, text);
        Assert.AreEqual(2, numbers.Count);
        Assert.AreEqual(0, default(PlotlyData).Count);
    }

    [TestMethod]
    [DataRow("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [DataRow("plain", "plain")]
    public void Escape_Markup_BecomesEntities(string text, string expected)
    {
        Assert.AreEqual(expected, PlotlyText.Escape(text));
    }
}
