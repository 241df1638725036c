using Evenhand.Experiments.Tests.Files;

namespace Evenhand.Experiments.Tests;

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
    public void ForReading_WithoutBounds_ShowsValuesAlone()
    {
        var cells = LeaderboardTable.ForReading(Board(), bounds: false).Rows[0];

        CollectionAssert.Contains(cells.ToArray(), "0.3000");
        Assert.IsFalse(cells.Any(cell => cell.Contains('[')));
    }

    private static Leaderboard Board()
    {
        var text = Text.With();
        return LeaderboardBuilder.Build(
            Plans.Record(text),
            Plans.Definition(text),
            Plans.Of(text),
            [Plans.Trial(0, 0.1 + 0.2, 0.1), Plans.Trial(1, 0.5, 0.1)],
            new Dictionary<int, EvaluationFigures>());
    }
}
