using System.Text;
using System.Text.Json.Nodes;
using Evenhand.Configuration;
using Evenhand.Experiments.Evaluations;
using Evenhand.Experiments.Leaderboards;
using Evenhand.Experiments.Plans;
using Evenhand.Experiments.Tables;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Plots.Traces;
using Evenhand.Tuning.Trials;

namespace Evenhand.Experiments.Tests.Leaderboards;

[TestClass]
public sealed class LeaderboardBuilderTests
{
    private const string Composite = "{ minimize: rmse, fairness: { metric: rmse-difference, group: gender, weight: 0.5 } }";
    private const string Constrained = "{ minimize: rmse, constraints: { metric: rmse-difference, group: gender, atMost: 0.05 } }";
    private const string Pareto = "{ pareto: [rmse, { metric: rmse-difference, group: gender }] }";

    [TestMethod]
    [DataRow("0.95", "95 %, ")]
    [DataRow("0.995", "99.5 %, ")]
    public void Protocol_Confidence_IsNotRounded(string confidence, string expected)
    {
        var plan = PlanSamples.Of(Evenhand.Experiments.Tests.Files.Text.With(more: $"evaluation: {{ confidence: {confidence} }}"));

        StringAssert.StartsWith(plan.Protocol["bounds"], expected);
    }

    [TestMethod]
    public void Build_Composite_RanksByObjectiveAndPricesFairness()
    {
        // Objectives: 0.95, 0.94, 1.05; the front holds 0 and 1, and trial 0 is the most accurate.
        var board = Build(Composite, [PlanSamples.Trial(0, 0.90, 0.10), PlanSamples.Trial(1, 0.92, 0.04), PlanSamples.Trial(2, 1.00, 0.10)]);

        CollectionAssert.AreEqual(new[] { 1, 0, 2 }, board.Trials.Select(t => t.Number).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false }, board.Trials.Select(t => t.Pareto).ToArray());
        Assert.AreEqual((1, 0), (board.Best, board.MostAccurate));
        Assert.AreEqual(0.94, board.Trials[0].Objective!.Value, 1e-12);
        Assert.AreEqual(0.02, board.Trials[0].PriceOfFairness!.Amount, 1e-12);
        Assert.AreEqual(100 * 0.02 / 0.90, board.Trials[0].PriceOfFairness!.Percent, 1e-9);
        Assert.AreEqual(0, board.Trials[1].PriceOfFairness!.Amount);
        Assert.AreEqual("minimize rmse + 0.5 * rmse-difference(gender)", board.Objective.Text);
    }

    [TestMethod]
    public void Build_Constrained_BestIsFeasibleAndFrontHoldsFeasibleTrials()
    {
        var board = Build(Constrained, [PlanSamples.Trial(0, 0.90, 0.10), PlanSamples.Trial(1, 0.95, 0.05), PlanSamples.Trial(2, 0.97, 0.04)]);

        CollectionAssert.AreEqual(new[] { 1, 2, 0 }, board.Trials.Select(t => t.Number).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false }, board.Trials.Select(t => t.Feasible).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false }, board.Trials.Select(t => t.Pareto).ToArray());
        Assert.AreEqual((1, null, 0), (board.Best, board.LeastInfeasible, board.MostAccurate));
    }

    [TestMethod]
    public void Build_NothingFeasible_SaysWhichViolatesLeastAndNamesNoBest()
    {
        var board = Build(Constrained, [PlanSamples.Trial(0, 0.90, 0.10), PlanSamples.Trial(1, 0.95, 0.07)]);

        Assert.IsNull(board.Best);
        Assert.AreEqual(1, board.LeastInfeasible);
        Assert.AreEqual(1, board.Trials[0].Number);
        Assert.IsTrue(board.Trials.All(t => !t.Feasible));
    }

    [TestMethod]
    public void Build_Pareto_HasNoSingleBest()
    {
        var board = Build(Pareto, [PlanSamples.Trial(0, 0.90, 0.10), PlanSamples.Trial(1, 0.95, 0.05), PlanSamples.Trial(2, 0.96, 0.06)]);

        Assert.IsNull(board.Best);
        Assert.AreEqual(2, board.Trials[2].Number);
        CollectionAssert.AreEqual(new[] { true, true, false }, board.Trials.Select(t => t.Pareto).ToArray());
        Assert.IsTrue(board.Trials.All(t => t.Objective is null));
    }

    [TestMethod]
    public void Build_PrunedTrials_StandBeforeFailedOnesAndHaveNoRank()
    {
        var board = Build(
            Composite,
            [
                PlanSamples.Failed(0), PlanSamples.Pruned(1, 0.1, 0.01),
                PlanSamples.Trial(2, 0.95, double.NaN), PlanSamples.Trial(3, 0.9, 0.1),
            ]);

        CollectionAssert.AreEqual(new[] { 3, 2, 1, 0 }, board.Trials.Select(t => t.Number).ToArray());
        CollectionAssert.AreEqual(
            new[] { "complete", "complete", "pruned", "failed" }, board.Trials.Select(t => t.State).ToArray());
        var pruned = board.Trials[2];
        Assert.AreEqual((2, null, false, false), (pruned.PrunedAfter, pruned.Rank, pruned.Pareto, pruned.Feasible));
        Assert.AreEqual((3, 3, 3), (board.Best, board.MostAccurate, board.Fairest));
        var rows = LeaderboardTable.ForReading(board).Rows;
        Assert.AreEqual("pruned after step 2", rows[2][^1]);
    }

    [TestMethod]
    public void Write_PrunedTrial_HasItsStateAndCurves()
    {
        using var stream = new MemoryStream();
        LeaderboardJson.Write(
            stream, Build(Composite, [PlanSamples.Trial(0, 0.9, 0.1), PlanSamples.Pruned(1, 0.5, 0.25)]));
        var trials = JsonNode.Parse(stream.ToArray())!["trials"]!.AsArray();

        Assert.IsNull(trials[0]!["curves"]);
        Assert.AreEqual("pruned", trials[1]!["state"]!.GetValue<string>());
        Assert.AreEqual("pruned", trials[1]!["role"]!.GetValue<string>());
        Assert.AreEqual(
            "{\"steps\":[1,2],\"measures\":{\"rmse\":[0.5,0.25],\"rmse-difference(gender)\":[null,null],"
            + "\"train-loss\":[0.25,0.125]}}",
            trials[1]!["curves"]!.ToJsonString());
    }

    [TestMethod]
    public void Curves_OfATrialAndOfAll_DrawWhatWasReported()
    {
        var board = Build(
            Composite,
            [PlanSamples.Trial(0, 0.9, 0.1) with { Reports = PlanSamples.Reports(1, 0.9) }, PlanSamples.Pruned(1, 2)]);

        var one = LeaderboardFigures.Curves(board.Trials[0], "rmse", "train-loss").Data.Cast<ScatterTrace>().ToArray();
        CollectionAssert.AreEqual(new[] { "rmse", "train-loss" }, one.Select(trace => trace.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 1.0, 0.9 }, one[0].Y!.Value.Numbers);
        CollectionAssert.AreEqual(new[] { 1.0, 2 }, one[1].X!.Value.Numbers);
        Assert.HasCount(3, LeaderboardFigures.Curves(board.Trials[0]).Data);
        var all = LeaderboardFigures.Curves(board).Data.Cast<ScatterTrace>().ToArray();
        CollectionAssert.AreEqual(new[] { "trial 1", "trial 0" }, all.Select(trace => trace.Name).ToArray());
        Assert.Contains(
            "Did you mean 'rmse'?",
            Assert.ThrowsExactly<InputException>(() => LeaderboardFigures.Curves(board.Trials[0], "rmsee")).Message);
        Assert.Contains(
            "curves: true",
            Assert.ThrowsExactly<InputException>(() => LeaderboardFigures.Curves(
                Build(Composite, [PlanSamples.Trial(0, 0.9, 0.1)]).Trials[0])).Message);
    }

    [TestMethod]
    public void Build_FailedAndUndefinedTrials_StandLast()
    {
        var board = Build(Composite, [PlanSamples.Failed(0), PlanSamples.Trial(1, double.NaN, 0.1), PlanSamples.Trial(2, 0.9, 0.1)]);

        CollectionAssert.AreEqual(new[] { 2, 1, 0 }, board.Trials.Select(t => t.Number).ToArray());
        CollectionAssert.AreEqual(new int?[] { 1, null, null }, board.Trials.Select(t => t.Rank).ToArray());
        CollectionAssert.AreEqual(new[] { true, false, false }, board.Trials.Select(t => t.Feasible).ToArray());
        Assert.IsNull(board.Trials[1].Objective);
        Assert.IsFalse(board.Trials[1].Pareto);
        Assert.IsNull(board.Trials[2].Rank);
        Assert.AreEqual("the fit diverged", board.Trials[2].Error);
        Assert.AreEqual("failed", board.Trials[2].State);
    }

    [TestMethod]
    public void Build_ObjectiveWithoutGap_TradesAccuracyAgainstTheGapOfEachAttribute()
    {
        var plan = PlanSamples.Of(Text.With(objective: "{ minimize: rmse }"));

        CollectionAssert.AreEqual(
            new[] { "rmse-difference(gender)", "rmse-difference(age-band)" }, plan.ObjectiveFacts.Fairness.ToArray());
    }

    [TestMethod]
    public void Build_TestFigures_ShowTheDrop()
    {
        var test = new Dictionary<int, EvaluationFigures> { [0] = PlanSamples.Figures(0.95, 0.12) };
        var board = Build(Composite, [PlanSamples.Trial(0, 0.90, 0.10), PlanSamples.Trial(1, 0.99, 0.10)], test);

        Assert.AreEqual(0.05, board.Trials[0].Test!.Drop["rmse"], 1e-12);
        Assert.AreEqual(0.02, board.Trials[0].Test!.Drop[PlanSamples.Gap], 1e-12);
        Assert.IsNull(board.Trials[1].Test);
    }

    [TestMethod]
    public void Finalists_MoreCandidatesThanPlaces_KeepBestAndMostAccurate()
    {
        var trials = Enumerable.Range(0, 20).Select(i => PlanSamples.Trial(i, 0.90 + (0.01 * i), 0.30 - (0.015 * i))).ToArray();
        var standing = Standing.Of(PlanSamples.Of(Text.With(objective: Composite)), trials);

        var finalists = standing.Finalists(3);

        Assert.HasCount(3, finalists);
        CollectionAssert.Contains(finalists.ToArray(), standing.Ranked[0].Number);
        CollectionAssert.Contains(finalists.ToArray(), 0);
    }

    [TestMethod]
    public void Finalists_EqualConfigurations_TakeOnePlace()
    {
        var trials = Enumerable.Range(0, 6).Select(i => PlanSamples.Trial(i, 0.90 + (0.01 * i), 0.10)).ToArray();
        trials[1] = trials[1] with { Parameters = trials[0].Parameters };
        trials[2] = trials[2] with { Parameters = trials[0].Parameters };
        trials[4] = PlanSamples.Trial(4, 0.94, 0.10, constant: true);

        var finalists = Standing.Of(PlanSamples.Of(Text.With(objective: Composite)), trials).Finalists(3);

        CollectionAssert.AreEqual(new[] { 0, 3, 5 }, finalists.ToArray());
    }

    [TestMethod]
    [DataRow(Composite)]
    [DataRow(Constrained)]
    [DataRow(Pareto)]
    public void Build_ConstantPredictions_AreNeitherFairestNorOnTheFront(string objective)
    {
        // The constant one would dominate trial 1 and bar it from the front.
        var board = Build(
            objective, [PlanSamples.Trial(0, 0.90, 0.05), PlanSamples.Trial(1, 0.95, 0.01), PlanSamples.Trial(2, 0.94, 0, constant: true)]);
        var byNumber = board.Trials.ToDictionary(t => t.Number);

        Assert.AreEqual(1, board.Fairest);
        Assert.IsTrue(byNumber[2].Constant);
        Assert.IsFalse(byNumber[2].Pareto);
        Assert.IsTrue(byNumber[0].Pareto && byNumber[1].Pareto);
        Assert.AreEqual("constant", TrialRoles.KeyOf(board, byNumber[2]));
        var front = LeaderboardFigures.Pareto(board).Data.OfType<ScatterTrace>().Single(t => t.Meta == "front");
        CollectionAssert.DoesNotContain(front.X!.Value.Numbers.Concat(front.Y!.Value.Numbers).ToArray(), 0.94);
        if (objective == Pareto)
        {
            CollectionAssert.AreEqual(new[] { 0, 1, 2 }, board.Trials.Select(t => t.Number).ToArray());
        }
    }

    [TestMethod]
    public void Build_BestIsConstant_HeadlineSaysThatItsGapsSayNothing()
    {
        var board = Build(Composite, [PlanSamples.Trial(0, 0.95, 0.10), PlanSamples.Trial(1, 0.90, 0, constant: true)]);

        Assert.AreEqual("best", TrialRoles.KeyOf(board, board.Trials[0]));
        StringAssert.Contains(board.Headline, "Trial 1 predicts the same for all of the validation part");
        Assert.IsFalse(board.Headline.Contains("costs nothing"), board.Headline);
    }

    [TestMethod]
    public void Headline_FairnessCostsNothing_IsSaidOnlyWhereNoGapIsSmaller()
    {
        var free = Build(Composite, [PlanSamples.Trial(0, 0.90, 0.01), PlanSamples.Trial(1, 0.92, 0.04)]);
        var dear = Build(Composite, [PlanSamples.Trial(0, 0.90, 0.05), PlanSamples.Trial(1, 0.99, 0.01)]);
        var alone = Build(Composite, [PlanSamples.Trial(0, 0.90, 0.01)]);

        StringAssert.Contains(free.Headline, "fairness costs nothing on the validation part");
        Assert.AreEqual(
            "Trial 0 is best by the objective and the most accurate on the validation part as well. The fairest, "
            + "trial 1, gives up 0.0900 rmse (10.00 %) against the most accurate trial, 0, and moves "
            + "rmse-difference(gender) from 0.0500 to 0.0100: by the objective not worth its price.",
            dear.Headline);
        Assert.IsFalse(alone.Headline.Contains("nothing"), alone.Headline);
    }

    [TestMethod]
    public void Headline_BestIsNotMostAccurate_NamesPriceAndGap()
    {
        var board = Build(Composite, [PlanSamples.Trial(0, 0.90, 0.10), PlanSamples.Trial(1, 0.92, 0.04)]);

        Assert.AreEqual(
            "Trial 1 is best by the objective. On the validation part it gives up 0.0200 rmse (2.22 %) against the "
            + "most accurate trial, 0, and moves rmse-difference(gender) from 0.1000 to 0.0400.",
            board.Headline);
    }

    [TestMethod]
    public void Build_LimitKeptOnValidationAndMissedOnTest_IsMarkedInEveryForm()
    {
        var test = new Dictionary<int, EvaluationFigures>
        {
            [0] = PlanSamples.Figures(0.92, 0.071),
            [1] = PlanSamples.Figures(0.96, 0.02),
            [2] = PlanSamples.Figures(0.97, double.NaN),
        };
        var board = Build(
            Constrained, [PlanSamples.Trial(0, 0.90, 0.05), PlanSamples.Trial(1, 0.95, 0.04), PlanSamples.Trial(2, 0.99, 0.03)], test);
        var json = Json(board);

        CollectionAssert.AreEqual(
            new bool?[] { false, true, null }, board.Trials.Select(t => t.Test!.Feasible).ToArray());
        Assert.AreEqual("best trial 0, which misses its limit on the test part", board.Verdict);
        StringAssert.Contains(board.Headline, "On the test part it misses rmse-difference(gender) <= 0.05: 0.0710.");
        Assert.IsFalse(json["trials"]![0]!["test"]!["feasible"]!.GetValue<bool>());
        Assert.AreEqual(
            "misses on the test part: rmse-difference(gender) <= 0.05: 0.0710", (string?)json["trials"]![0]!["notes"]![0]);
        CollectionAssert.AreEqual(new[] { "no", "yes", "-" }, Column(LeaderboardTable.ForReading(board), "test feasible"));
        CollectionAssert.AreEqual(
            new[] { "false", "true", "" }, Column(LeaderboardTable.ForComputing(board), "testFeasible"));
        StringAssert.Contains(LeaderboardTable.ForReading(board).ToMarkdown(), "test feasible");
    }

    [TestMethod]
    public void Top_ReferenceOfThePValuesFurtherDown_IsShownBesides()
    {
        var trials = Enumerable.Range(0, 6).Select(i => PlanSamples.Trial(i, 0.95 - (0.01 * i), 0.01 + (0.05 * i))).ToArray();
        var p = new TestedDifference(0.01, 0.02, 0.02);
        var test = new Dictionary<int, EvaluationFigures>
        {
            [0] = PlanSamples.Figures(0.96, 0.01) with { Comparison = new(5, "rmse", "row", 100, 0.05, p, p, p) },
            [5] = PlanSamples.Figures(0.91, 0.26),
        };
        var text = Text.With(objective: Composite);
        var shown = LeaderboardBuilder.Build(
            PlanSamples.Record(text),
            PlanSamples.Definition(text),
            PlanSamples.Of(text),
            trials,
            test,
            PlanSamples.Stored,
            top: 2);
        var whole = Build(Composite, trials, test);

        CollectionAssert.AreEqual(new[] { 0, 1, 5 }, shown.Trials.Select(t => t.Number).ToArray());
        CollectionAssert.AreEqual(new int?[] { 1, 2, 6 }, shown.Trials.Select(t => t.Rank).ToArray());
        Assert.AreEqual(3, shown.OmittedTrials);
        CollectionAssert.AreEqual(new[] { "1", "2", "6" }, Column(LeaderboardTable.ForReading(shown, 2), "rank"));
        CollectionAssert.AreEqual(new[] { "1", "2", "6" }, Column(LeaderboardTable.ForReading(whole, 2), "rank"));
    }

    [TestMethod]
    public void Write_UndefinedFigures_AreNullInJson()
    {
        var trial = Json(Build(Composite, [PlanSamples.Trial(0, double.NaN, 0.1)]))["trials"]![0]!;

        Assert.IsNull(trial["rank"]);
        Assert.AreEqual("undefined", (string?)trial["role"]);
        Assert.IsNull(trial["validation"]!["rmse"]!["value"]);
        Assert.IsNull(trial["objective"]);
        Assert.IsNull(trial["groups"]!["gender"]!["other"]!["rmse"]);
        Assert.IsTrue(trial["groups"]!["gender"]!["other"]!["belowMinimum"]!.GetValue<bool>());
        Assert.AreEqual(40, trial["groups"]!["gender"]!["F"]!["count"]!.GetValue<int>());
    }

    private static JsonNode Json(Leaderboard board)
    {
        using var stream = new MemoryStream();
        LeaderboardJson.Write(stream, board);
        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }

    private static string[] Column(TextTable table, string title)
    {
        var column = table.Columns.Index().Single(c => c.Item.Title == title).Index;
        return [.. table.Rows.Select(row => row[column])];
    }

    private static Leaderboard Build(
        string objective, IReadOnlyList<FinishedTrial> trials, IReadOnlyDictionary<int, EvaluationFigures>? test = null)
    {
        var text = Text.With(objective: objective);
        return LeaderboardBuilder.Build(
            PlanSamples.Record(text),
            PlanSamples.Definition(text),
            PlanSamples.Of(text),
            trials,
            test ?? new Dictionary<int, EvaluationFigures>(),
            PlanSamples.Stored);
    }
}
