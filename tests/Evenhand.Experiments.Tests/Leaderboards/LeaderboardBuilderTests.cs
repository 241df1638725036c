using System.Text;
using System.Text.Json.Nodes;
using Evenhand.Experiments.Tests.Files;
using Evenhand.Tuning;

namespace Evenhand.Experiments.Tests;

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
        var plan = Plans.Of(Files.Text.With(more: $"evaluation: {{ confidence: {confidence} }}"));

        StringAssert.StartsWith(plan.Protocol["bounds"], expected);
    }

    [TestMethod]
    public void Build_Composite_RanksByObjectiveAndPricesFairness()
    {
        // Objectives: 0.95, 0.94, 1.05; the front holds 0 and 1, and trial 0 is the most accurate.
        var board = Build(Composite, [Plans.Trial(0, 0.90, 0.10), Plans.Trial(1, 0.92, 0.04), Plans.Trial(2, 1.00, 0.10)]);

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
        var board = Build(Constrained, [Plans.Trial(0, 0.90, 0.10), Plans.Trial(1, 0.95, 0.05), Plans.Trial(2, 0.97, 0.04)]);

        CollectionAssert.AreEqual(new[] { 1, 2, 0 }, board.Trials.Select(t => t.Number).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false }, board.Trials.Select(t => t.Feasible).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false }, board.Trials.Select(t => t.Pareto).ToArray());
        Assert.AreEqual((1, null, 0), (board.Best, board.LeastInfeasible, board.MostAccurate));
    }

    [TestMethod]
    public void Build_NothingFeasible_SaysWhichViolatesLeastAndNamesNoBest()
    {
        var board = Build(Constrained, [Plans.Trial(0, 0.90, 0.10), Plans.Trial(1, 0.95, 0.07)]);

        Assert.IsNull(board.Best);
        Assert.AreEqual(1, board.LeastInfeasible);
        Assert.AreEqual(1, board.Trials[0].Number);
        Assert.IsTrue(board.Trials.All(t => !t.Feasible));
    }

    [TestMethod]
    public void Build_Pareto_HasNoSingleBest()
    {
        var board = Build(Pareto, [Plans.Trial(0, 0.90, 0.10), Plans.Trial(1, 0.95, 0.05), Plans.Trial(2, 0.96, 0.06)]);

        Assert.IsNull(board.Best);
        Assert.AreEqual(2, board.Trials[2].Number);
        CollectionAssert.AreEqual(new[] { true, true, false }, board.Trials.Select(t => t.Pareto).ToArray());
        Assert.IsTrue(board.Trials.All(t => t.Objective is null));
    }

    [TestMethod]
    public void Build_FailedAndUndefinedTrials_StandLast()
    {
        var board = Build(Composite, [Plans.Failed(0), Plans.Trial(1, double.NaN, 0.1), Plans.Trial(2, 0.9, 0.1)]);

        CollectionAssert.AreEqual(new[] { 2, 1, 0 }, board.Trials.Select(t => t.Number).ToArray());
        Assert.IsNull(board.Trials[1].Objective);
        Assert.IsFalse(board.Trials[1].Pareto);
        Assert.IsNull(board.Trials[2].Rank);
        Assert.AreEqual("the fit diverged", board.Trials[2].Error);
        Assert.AreEqual("failed", board.Trials[2].State);
    }

    [TestMethod]
    public void Build_ObjectiveWithoutGap_TradesAccuracyAgainstTheGapOfEachAttribute()
    {
        var plan = Plans.Of(Text.With(objective: "{ minimize: rmse }"));

        CollectionAssert.AreEqual(
            new[] { "rmse-difference(gender)", "rmse-difference(age-band)" }, plan.ObjectiveFacts.Fairness.ToArray());
    }

    [TestMethod]
    public void Build_TestFigures_ShowTheDrop()
    {
        var test = new Dictionary<int, EvaluationFigures> { [0] = Plans.Figures(0.95, 0.12) };
        var board = Build(Composite, [Plans.Trial(0, 0.90, 0.10), Plans.Trial(1, 0.99, 0.10)], test);

        Assert.AreEqual(0.05, board.Trials[0].Test!.Drop["rmse"], 1e-12);
        Assert.AreEqual(0.02, board.Trials[0].Test!.Drop[Plans.Gap], 1e-12);
        Assert.IsNull(board.Trials[1].Test);
    }

    [TestMethod]
    public void Finalists_MoreCandidatesThanPlaces_KeepBestAndMostAccurate()
    {
        var trials = Enumerable.Range(0, 20).Select(i => Plans.Trial(i, 0.90 + (0.01 * i), 0.30 - (0.015 * i))).ToArray();
        var standing = Standing.Of(Plans.Of(Text.With(objective: Composite)), trials);

        var finalists = standing.Finalists(3);

        Assert.HasCount(3, finalists);
        CollectionAssert.Contains(finalists.ToArray(), standing.Ranked[0].Number);
        CollectionAssert.Contains(finalists.ToArray(), 0);
    }

    [TestMethod]
    public void Write_UndefinedFigures_AreNullInJson()
    {
        using var stream = new MemoryStream();
        LeaderboardJson.Write(stream, Build(Composite, [Plans.Trial(0, double.NaN, 0.1)]));
        var trial = JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!["trials"]![0]!;

        Assert.IsNull(trial["validation"]!["rmse"]!["value"]);
        Assert.IsNull(trial["objective"]);
        Assert.IsNull(trial["groups"]!["gender"]!["other"]!["rmse"]);
        Assert.IsTrue(trial["groups"]!["gender"]!["other"]!["belowMinimum"]!.GetValue<bool>());
        Assert.AreEqual(40, trial["groups"]!["gender"]!["F"]!["count"]!.GetValue<int>());
    }

    private static Leaderboard Build(
        string objective, IReadOnlyList<FinishedTrial> trials, IReadOnlyDictionary<int, EvaluationFigures>? test = null)
    {
        var text = Text.With(objective: objective);
        return LeaderboardBuilder.Build(
            Plans.Record(text), Plans.Definition(text), Plans.Of(text), trials, test ?? new Dictionary<int, EvaluationFigures>());
    }
}
