using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Tables;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Metrics;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Tests.Leaderboards;

[TestClass]
public sealed class LeaderboardTableTests
{
    [TestMethod]
    public void ToMarkdown_CellsWithBars_AreEscaped()
    {
        var board = Board() with { Trials = [Board().Trials[0] with { Error = "a | b\nc", Rank = null }] };

        var lines = LeaderboardTable.ForReading(board).ToMarkdown().TrimEnd().Split('\n');

        Assert.HasCount(3, lines);
        StringAssert.Contains(lines[2], "a \\| b c");
        Assert.AreEqual(lines[0].Count(c => c == '|'), lines[1].Count(c => c == '|'));
    }

    [TestMethod]
    public void ToCsv_EveryFigure_IsExact()
    {
        var table = LeaderboardTable.ForComputing(Board());
        var column = table.Columns.Index().Single(c => c.Item.Title == "rmse").Index;

        Assert.AreEqual("0.30000000000000004", table.Rows[0][column]);
        Assert.IsTrue(table.Rows.All(row => row.Count == table.Columns.Count));
        StringAssert.StartsWith(table.ToCsv(), "rank,number,state,learner,objective");
    }

    [TestMethod]
    [DataRow("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [DataRow("+1+cmd|'/c calc'!A0", "'+1+cmd|'/c calc'!A0")]
    [DataRow("-2+3", "'-2+3")]
    [DataRow("@SUM(A1)", "'@SUM(A1)")]
    [DataRow("\t=1", "'\t=1")]
    [DataRow("\r=1", "\"'\r=1\"")]
    [DataRow("\uFF1D1", "'\uFF1D1")]
    [DataRow("-0.5", "-0.5")]
    [DataRow("+3", "+3")]
    [DataRow("-1e-05", "-1e-05")]
    [DataRow("a=b", "a=b")]
    public void ToCsv_TextThatBeginsAsAFormula_IsNone(string text, string cell)
    {
        var board = Board() with { Trials = [Board().Trials[0] with { Error = text }] };

        var csv = LeaderboardTable.ForComputing(board).ToCsv();

        Assert.EndsWith($",{cell}\r\n", csv);
    }

    [TestMethod]
    public void ForReading_WithoutBounds_ShowsValuesAlone()
    {
        var cells = LeaderboardTable.ForReading(Board(), bounds: false).Rows[0];

        CollectionAssert.Contains(cells.ToArray(), "0.3000");
        Assert.IsFalse(cells.Any(cell => cell.Contains('[')));
    }

    [TestMethod]
    public void ForReading_ParetoOfTwoMetrics_ShowsBoth()
    {
        var text = Text.With(objective: "{ pareto: [rmse, mae] }");
        var figures = PlanSamples.Figures(0.3, 0.1);
        figures = figures with
        {
            Metrics = new Dictionary<string, MetricValue>(figures.Metrics) { ["mae"] = new(0.25, double.NaN, double.NaN) },
        };
        var trial = PlanSamples.Trial(0, 0.3, 0.1) with
        {
            Measures = figures.ToMeasures(),
            Payload = EvaluationJson.Write(figures),
        };

        var table = LeaderboardTable.ForReading(Board(text, [trial], new() { [0] = figures }), bounds: false);

        Assert.AreEqual("0.2500", table.Rows[0][table.Columns.Index().Single(c => c.Item.Title == "mae").Index]);
        Assert.AreEqual("0.2500", table.Rows[0][table.Columns.Index().Single(c => c.Item.Title == "test mae").Index]);
    }

    private static Leaderboard Board() => Board(Text.With(), [PlanSamples.Trial(0, 0.1 + 0.2, 0.1), PlanSamples.Trial(1, 0.5, 0.1)], []);

    private static Leaderboard Board(
        string text, IReadOnlyList<FinishedTrial> trials, Dictionary<int, EvaluationFigures> test)
    {
        return LeaderboardBuilder.Build(
            PlanSamples.Record(text),
            PlanSamples.Definition(text),
            PlanSamples.Of(text),
            trials,
            test,
            PlanSamples.Stored);
    }
}
